package org.tocsin.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the receiver swears to, by the id of the delivery. */
record Receipts(Map<String, Receipt> byId) {
  /**
   * @param id as it travelled
   * @param firstNanos when it came first, as {@link System#nanoTime} of this machine
   */
  record Receipt(String recipient, String id, int received, int acknowledged, long firstNanos) {}

  /** Mails to these alone: a demonstration also writes to its staff. */
  static Receipts of(String lines, Predicate<String> addresses) {
    Map<String, Receipt> receipts = new HashMap<>();
    read(lines, addresses)
        .forEach(receipt -> receipts.put(receipt.id().replaceAll("^<|@.*$", ""), receipt));
    return new Receipts(receipts);
  }

  static List<Receipt> read(String lines, Predicate<String> recipients) {
    return lines
        .lines()
        .map(line -> line.split("\t"))
        .filter(parts -> recipients.test(parts[0]))
        .map(
            parts ->
                new Receipt(
                    parts[0],
                    parts[1],
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Long.parseLong(parts[4])))
        .toList();
  }

  int size() {
    return byId.size();
  }

  /** How many came first after that moment. */
  long after(long nanos) {
    return byId.values().stream().filter(one -> one.firstNanos() - nanos > 0).count();
  }
}
