package org.tocsin.broadcasts;

import java.time.Instant;

/**
 * Those of a broadcast who are pending for one reason.
 *
 * @param next when the first of them is due
 */
public record Waiting(Reason reason, int many, Instant next) {
  /** The words are the database's. */
  public enum Reason {
    /** A try did not settle it. */
    TRY,
    /** Their audience put them off to an hour. */
    HOUR,
    /** Their mail domain or endpoint takes no more just now. */
    RATE,
    /** They were called back by a pause. */
    TURN
  }
}
