package org.tocsin.channels;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * One delivery to one destination.
 *
 * @param id stable over every try of this delivery; becomes the Message-ID
 * @param content what was frozen at release, shared by all recipients of a language; the channel's
 *     own form ({@code MailContent}, {@code EventContent})
 * @param holes what only this recipient's message has, by the name of the hole
 */
public record Envelope(
    String id, JsonObject content, Destination destination, Map<String, String> holes) {
  @Override
  public String toString() {
    return "Envelope[" + id + "]";
  }
}
