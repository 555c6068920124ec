package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;

/**
 * A message on its way. Invariant: it is settled once; later words about it are not heard.
 *
 * <p>The deadline, a reading of {@link System#nanoTime()}, is for being taken by a connection; from
 * then on each answer has its own time.
 */
final class Submission {
  private static final Logger log = LoggerFactory.getLogger(Submission.class);

  private final boolean first;
  private final SmtpMessage message;
  private final String destination;
  private final long deadline;
  private final Promise<Outcome> outcome = Promise.promise();

  /** It was taken back from a connection that had gone; this happens to a message once. */
  private boolean returned;

  /**
   * @param first before all others, and whatever its destination: a stop
   */
  Submission(SmtpMessage message, long deadline, boolean first) {
    this.first = first;
    this.message = message;
    this.destination = message.recipient().substring(message.recipient().lastIndexOf('@') + 1);
    this.deadline = deadline;
  }

  boolean isFirst() {
    return first;
  }

  SmtpMessage message() {
    return message;
  }

  /** The domain it goes to. */
  String destination() {
    return destination;
  }

  long deadline() {
    return deadline;
  }

  boolean isLate() {
    return deadline - System.nanoTime() <= 0;
  }

  Future<Outcome> outcome() {
    return outcome.future();
  }

  /** True the first time. */
  boolean mayReturn() {
    boolean first = !returned;
    returned = true;
    return first;
  }

  /** What the caller does with the outcome must not break the connection's event loop. */
  void settle(Outcome result) {
    try {
      outcome.tryComplete(result);
    } catch (RuntimeException failure) {
      log.atError().setCause(failure).log("Nobody could take an outcome");
    }
  }

  boolean isSettled() {
    return outcome.future().isComplete();
  }
}
