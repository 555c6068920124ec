package org.tocsin.cases;

import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.access.StaffId;

/**
 * Who told us what; for the team alone.
 *
 * @param independent of every other source of the case
 */
public record Source(
    long id,
    Kind kind,
    boolean independent,
    LocalDate heardOn,
    String details,
    StaffId writtenBy,
    Instant at,
    boolean withdrawn) {
  public enum Kind {
    PERSON,
    FAMILY,
    LAWYER,
    COLLEAGUE,
    ORGANISATION,
    PRESS,
    OFFICIAL
  }
}
