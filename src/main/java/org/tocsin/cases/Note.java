package org.tocsin.cases;

import java.time.Instant;
import org.tocsin.access.StaffId;

/** Something written down about a case; all but OPEN is for the team alone. */
public record Note(long id, Kind kind, String text, StaffId writtenBy, Instant at) {
  public enum Kind {
    OPEN,
    TEAM,
    FAMILY_CONTACT,
    LAWYER_CONTACT,
    MEDICAL;

    public boolean forTeam() {
      return this != OPEN;
    }
  }

  @Override
  public String toString() {
    return "note:" + id;
  }
}
