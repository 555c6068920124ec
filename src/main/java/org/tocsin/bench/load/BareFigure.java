package org.tocsin.bench.load;

/**
 * What a bare client reached.
 *
 * @param messages every one of them acknowledged
 * @param nanos from the first byte that is said to the last that is answered, all connections
 *     standing
 */
public record BareFigure(long messages, long nanos) {
  public double perSecond() {
    return nanos == 0 ? 0 : messages * 1e9 / nanos;
  }
}
