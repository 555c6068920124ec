package org.tocsin.channels.email.smtp;

import java.util.Optional;
import org.tocsin.channels.Outcome.Deferred;

/** A connection could not be made ready for messages. */
final class Unready extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Deferred outcome;

  /** The server is there and has, for now, no place for this connection. */
  private final boolean full;

  private Unready(Deferred outcome, boolean full) {
    super(outcome.code(), null, false, false);
    this.outcome = outcome;
    this.full = full;
  }

  static Unready because(String code, String words) {
    return new Unready(new Deferred(code, words, Optional.empty()), false);
  }

  static Unready because(Wire.Loss loss) {
    return because(loss.code(), loss.words());
  }

  static Unready greetedBy(SmtpReply reply) {
    return new Unready(SmtpJudgement.deferred(reply), reply.code() / 100 == 4);
  }

  static Unready because(SmtpReply reply) {
    return new Unready(SmtpJudgement.deferred(reply), false);
  }

  static Unready of(Throwable failure) {
    return failure instanceof Unready known
        ? known
        : new Unready(SmtpJudgement.unconnected(failure), false);
  }

  /** What it means for the messages that wait. */
  Deferred outcome() {
    return outcome;
  }

  boolean isFull() {
    return full;
  }
}
