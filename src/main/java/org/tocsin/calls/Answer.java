package org.tocsin.calls;

import java.time.Instant;
import org.tocsin.correspondents.MemberId;

/**
 * A volunteer's last word. It never leaves the staff.
 *
 * @param note may be empty
 * @param days on which they could, in their own words; may be empty
 */
public record Answer(MemberId member, boolean can, String note, String days, Instant at) {
  @Override
  public String toString() {
    return "answer";
  }
}
