package org.tocsin.channels;

import java.util.Map;

/**
 * One delivery to one destination.
 *
 * @param id stable over every try of this delivery; becomes the Message-ID
 * @param holes what only this recipient's message has, by the name of the hole
 */
public record Envelope(String id, Destination destination, Map<String, String> holes) {
  @Override
  public String toString() {
    return "Envelope[" + id + "]";
  }
}
