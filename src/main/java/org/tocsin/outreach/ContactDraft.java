package org.tocsin.outreach;

import java.time.LocalDate;
import org.tocsin.officials.OfficialId;

/** A contact as somebody tells it. */
public record ContactDraft(OfficialId official, Way way, LocalDate madeOn, String text) {
  @Override
  public String toString() {
    return "contact with " + official;
  }
}
