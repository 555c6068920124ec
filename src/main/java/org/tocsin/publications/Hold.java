package org.tocsin.publications;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.access.StaffId;

/**
 * That a text was looked through for names.
 *
 * @param found in how many places somebody must look
 * @param cleared who looked there and let them stay
 */
record Hold(long id, int found, Optional<Cleared> cleared) {
  /** Who looked, and at how many places. */
  record Cleared(StaffId by, int found, Instant at) {}

  /** Whether somebody has looked at as many places as there are. */
  boolean covers(int foundNow) {
    return foundNow == 0 || cleared.filter(one -> one.found() >= foundNow).isPresent();
  }
}
