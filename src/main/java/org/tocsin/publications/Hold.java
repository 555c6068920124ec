package org.tocsin.publications;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.access.StaffId;

/**
 * That a text waits for somebody who may read cases.
 *
 * @param found in how many places
 */
record Hold(long id, int found, Optional<Cleared> cleared) {
  /** Who looked, and at how many places. */
  record Cleared(StaffId by, int found, Instant at) {}

  boolean covers(int foundNow) {
    return cleared.map(Cleared::found).orElse(found) >= foundNow;
  }
}
