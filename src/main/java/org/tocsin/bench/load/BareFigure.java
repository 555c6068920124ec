package org.tocsin.bench.load;

/**
 * What a bare client reached.
 *
 * @param messages every one of them acknowledged
 * @param nanos from the first byte of the first to the last byte of the last answer
 */
public record BareFigure(long messages, long nanos) {
  public double perSecond() {
    return nanos == 0 ? 0 : messages * 1e9 / nanos;
  }
}
