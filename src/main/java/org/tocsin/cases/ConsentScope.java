package org.tocsin.cases;

import java.util.Arrays;
import java.util.List;

/** What a consent allows: our own work, telling others, or a complaint to one mechanism. */
public enum ConsentScope {
  INTERNAL_WORK,
  CORRESPONDENTS_ALERT,
  NETWORK_ALERT,
  PUBLIC_NAME,
  PUBLIC_ANONYMISED,
  PHOTO,
  WGAD,
  SPECIAL_PROCEDURES,
  HUMAN_RIGHTS_COMMITTEE,
  CAT,
  CEDAW,
  CED,
  CERD,
  CRPD,
  CESCR,
  CRC,
  UNESCO,
  INTER_AMERICAN,
  EUROPEAN_COURT,
  AFRICAN_COMMISSION;

  public boolean complaint() {
    return compareTo(PHOTO) > 0;
  }

  public static List<ConsentScope> complaints() {
    return Arrays.stream(values()).filter(ConsentScope::complaint).toList();
  }
}
