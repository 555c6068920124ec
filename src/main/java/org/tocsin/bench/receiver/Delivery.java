package org.tocsin.bench.receiver;

/** One recipient and one id, with the times it was received: kept only where texts are. */
final class Delivery {
  private final String recipient;
  private final String id;
  private final long firstNanos;
  private int received;
  private int acknowledged;

  Delivery(String recipient, String id, long firstNanos) {
    this.recipient = recipient;
    this.id = id;
    this.firstNanos = firstNanos;
  }

  void receive() {
    received++;
  }

  void acknowledge() {
    acknowledged++;
  }

  String line() {
    return recipient + "\t" + id + "\t" + received + "\t" + acknowledged + "\t" + firstNanos + "\n";
  }
}
