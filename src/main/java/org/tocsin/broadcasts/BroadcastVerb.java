package org.tocsin.broadcasts;

/** What may be asked of a broadcast, whosoever it is. Its {@link BroadcastOwner} does it. */
public enum BroadcastVerb {
  PAUSE("paused"),
  RESUME("resumed"),
  CANCEL("cancelled"),
  RETRY_FAILED("retried"),
  RESEND_IN_DOUBT("resent");

  private final String done;

  BroadcastVerb(String done) {
    this.done = done;
  }

  /** In the audit, and in the code of what could not be done. */
  String done() {
    return done;
  }

  /** Whether something may leave by it that would not leave otherwise. */
  boolean sends() {
    return this == RESUME || this == RETRY_FAILED || this == RESEND_IN_DOUBT;
  }

  /** Whether nobody can undo it. */
  boolean endsForGood() {
    return this == CANCEL;
  }
}
