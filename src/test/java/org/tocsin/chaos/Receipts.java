package org.tocsin.chaos;

import java.util.HashMap;
import java.util.Map;

/** What the receiver swears to, by the id that travelled. */
record Receipts(Map<String, Receipt> byId) {
  /**
   * @param firstNanos when it came first, as {@link System#nanoTime} of this machine
   */
  record Receipt(String recipient, int received, int acknowledged, long firstNanos) {}

  /** Only what went to invented readers: a demonstration also writes to its staff. */
  static Receipts of(String lines) {
    Map<String, Receipt> receipts = new HashMap<>();
    lines
        .lines()
        .map(line -> line.split("\t"))
        .filter(parts -> parts[0].startsWith("reader"))
        .forEach(
            parts ->
                receipts.put(
                    id(parts[1]),
                    new Receipt(
                        parts[0],
                        Integer.parseInt(parts[2]),
                        Integer.parseInt(parts[3]),
                        Long.parseLong(parts[4]))));
    return new Receipts(receipts);
  }

  private static String id(String messageId) {
    return messageId.replaceAll("^<|@.*$", "");
  }

  int size() {
    return byId.size();
  }

  /** How many came first after that moment. */
  long after(long nanos) {
    return byId.values().stream().filter(one -> one.firstNanos() - nanos > 0).count();
  }
}
