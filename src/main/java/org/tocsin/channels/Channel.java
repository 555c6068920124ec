package org.tocsin.channels;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** One way out of the house. */
public interface Channel {
  /** "email" or "webhook", as the database has it. */
  String name();

  /**
   * Reads what was frozen at release, once for all recipients of a language. Content that cannot be
   * sent at all gives a plate whose every parcel is refused.
   *
   * @param content in the channel's own form ({@code MailContent}, {@code EventContent})
   */
  Plate plate(JsonObject content, Manner manner);

  /** One message at once, for what is not sent by the engine. */
  default Future<Outcome> send(JsonObject content, Envelope envelope) {
    return plate(content, Manner.SINGLE).print(envelope).send();
  }

  /**
   * A letter to one person, or one message to many, for which a channel may have a faster way; or a
   * stop, which waits for no connection that other messages hold.
   */
  enum Manner {
    SINGLE,
    BULK,
    STOP
  }
}
