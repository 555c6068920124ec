package org.tocsin.channels;

import io.vertx.core.Future;

/** One way out of the house. */
public interface Channel {
  /** "email" or "webhook", as the database has it. */
  String name();

  /**
   * Tries once, within a deadline of the channel's own. The future never fails: what goes wrong is
   * an outcome. No answer after the message was handed over is {@link Outcome.InDoubt}.
   */
  Future<Outcome> send(Envelope envelope);
}
