package org.tocsin.channels;

import io.vertx.core.Future;

/** One printed message, ready to leave. */
public interface Parcel {
  /**
   * Tries once, within a deadline of the channel's own. The future never fails: what goes wrong is
   * an outcome. No answer after the message was handed over is {@link Outcome.InDoubt}.
   */
  Future<Outcome> send();

  /** One that cannot leave. */
  static Parcel refused(Outcome.Refused why) {
    return () -> Future.succeededFuture(why);
  }
}
