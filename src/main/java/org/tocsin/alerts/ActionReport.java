package org.tocsin.alerts;

import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.correspondents.MemberId;

/**
 * What a member did for a case, by their own word. It never leaves the staff; outside, reports are
 * counted.
 *
 * @param target whom it was done to, as the message named them; may be empty
 * @param reply what came back; may be empty
 */
public record ActionReport(
    long id, MemberId member, Way way, LocalDate on, String target, String reply, Instant at) {
  public enum Way {
    WROTE,
    CALLED,
    MET,
    OTHER
  }

  @Override
  public String toString() {
    return "report " + id;
  }
}
