package org.tocsin.outreach;

import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.access.StaffId;
import org.tocsin.officials.OfficialId;

/** That somebody of the staff turned to an official about a case, and what was said. */
public record Contact(
    ContactId id,
    OfficialId official,
    Way way,
    LocalDate madeOn,
    String text,
    StaffId writtenBy,
    Instant at) {
  @Override
  public String toString() {
    return "contact:" + id.value();
  }
}
