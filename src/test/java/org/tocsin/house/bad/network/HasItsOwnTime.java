package org.tocsin.house.bad.network;

import java.time.Instant;

/** Reads the machine's clock. */
public record HasItsOwnTime(Instant at) {
  public HasItsOwnTime() {
    this(Instant.now());
  }
}
