package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.Map;
import org.tocsin.channels.Destination;

/** Somebody at the moment of sending. */
public sealed interface Addressee {
  /**
   * @param language picks the content; the engine falls back to the broadcast's first
   * @param suppressionHashes keyed hashes under which the engine looks for a suppression
   */
  record Reachable(
      Destination destination,
      String language,
      Map<String, String> holes,
      byte[][] suppressionHashes)
      implements Addressee {}

  /**
   * Somebody who would rather have it at {@code until}. The engine lets them wait once, while it
   * can still be sent then, and asks again; who cannot wait gets it as {@code otherwise} says.
   */
  record Later(Instant until, Reachable otherwise) implements Addressee {}

  /** {@code reason} is one word for the report: "unsubscribed", "paused", "disabled". */
  record Unreachable(String reason) implements Addressee {}

  /** Their sealed row does not open; they fail, the rest go on. */
  record Broken() implements Addressee {}
}
