package org.tocsin.bench.receiver;

/** One recipient and one id, with the times it was received: kept only where texts are. */
final class Delivery {
  private final String name;
  private final long firstNanos;
  private int received;
  private int acknowledged;

  /**
   * @param name recipient and id, with a tab between them
   */
  Delivery(String name, long firstNanos) {
    this.name = name;
    this.firstNanos = firstNanos;
  }

  void receive() {
    received++;
  }

  void acknowledge() {
    acknowledged++;
  }

  String line() {
    return name + "\t" + received + "\t" + acknowledged + "\t" + firstNanos + "\n";
  }
}
