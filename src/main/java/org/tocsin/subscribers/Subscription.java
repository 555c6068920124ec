package org.tocsin.subscribers;

import java.time.Instant;

/** One topic somebody asked for, and how that stands. */
public record Subscription(String topic, State state, Instant since) {
  /** The words are the database's. */
  public enum State {
    PENDING,
    ACTIVE,
    LEFT
  }
}
