package org.tocsin.broadcasts;

import java.time.Instant;

/**
 * Those of a broadcast who are pending for one reason.
 *
 * @param next when the first of them is due
 * @param why what one of them was answered last; empty where none was
 */
public record Waiting(Reason reason, int many, Instant next, String why) {
  /** The words are the database's. */
  public enum Reason {
    /** A try did not settle it. */
    TRY,
    /** Their audience put them off to an hour. */
    HOUR,
    /** Their mail domain or endpoint takes no more just now. */
    RATE,
    /** Their channel has no way out just now: the mail relay takes nothing, or is busy. */
    RELAY,
    /** They were called back by a pause. */
    TURN
  }
}
