package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.Progress;
import org.tocsin.chaos.Receipts.Receipt;

/** Ledger against receiver; the package's comment has the words. */
record Verdict(
    String name,
    int due,
    int sent,
    int missing,
    int doubled,
    int listed,
    int unlisted,
    int wrong,
    int kills) {
  private static final int MOST_A_KILL = 256;
  private static final Set<String> OPEN = Set.of("PENDING", "RETRYING", "WAITING");

  static Verdict of(
      String name, int due, Progress ledger, List<Delivery> all, Receipts got, int kills) {
    Set<String> known = new HashSet<>();
    all.forEach(delivery -> known.add(delivery.id()));
    int strangers = count(got.byId().keySet(), id -> !known.contains(id));
    int absent = count(all, one -> one.state().equals("SENT") && received(got, one) == 0);
    int open = count(all, one -> OPEN.contains(one.state()));
    int falselyUnsent =
        count(all, one -> isUnsent(one) && !listed(one) && acknowledged(got, one) > 0);
    return new Verdict(
        name,
        due,
        ledger.sent(),
        Math.max(0, due - all.size()) + absent + open,
        count(all, one -> received(got, one) > 1),
        count(all, Verdict::listed),
        count(all, one -> received(got, one) > 1 && !listed(one)),
        absent + falselyUnsent + strangers + miscounted(ledger, all),
        kills);
  }

  private static <T> int count(Iterable<T> all, Predicate<T> which) {
    int many = 0;
    for (T one : all) {
      many += which.test(one) ? 1 : 0;
    }
    return many;
  }

  private static boolean listed(Delivery delivery) {
    return delivery.doubled() || delivery.state().equals("IN_DOUBT");
  }

  private static boolean isUnsent(Delivery delivery) {
    return !delivery.state().equals("SENT") && !OPEN.contains(delivery.state());
  }

  private static int received(Receipts got, Delivery delivery) {
    Receipt receipt = got.byId().get(delivery.id());
    return receipt == null ? 0 : receipt.received();
  }

  private static int acknowledged(Receipts got, Delivery delivery) {
    Receipt receipt = got.byId().get(delivery.id());
    return receipt == null ? 0 : receipt.acknowledged();
  }

  /** The counters must say in sum what is said of each. */
  private static int miscounted(Progress ledger, List<Delivery> all) {
    Map<String, Integer> each = new HashMap<>();
    all.forEach(delivery -> each.merge(delivery.state(), 1, Integer::sum));
    Map<String, Integer> counters =
        Map.of(
            "SENT", ledger.sent(),
            "FAILED", ledger.failed(),
            "SUPPRESSED", ledger.suppressed(),
            "WITHHELD", ledger.withheld(),
            "CANCELLED", ledger.cancelled(),
            "IN_DOUBT", ledger.inDoubt());
    int wrong = Math.abs(ledger.total() - all.size());
    for (Map.Entry<String, Integer> counter : counters.entrySet()) {
      wrong += Math.abs(counter.getValue() - each.getOrDefault(counter.getKey(), 0));
    }
    return wrong;
  }

  /** Nobody is missed, and whatever may have come twice is listed. */
  Verdict holds() {
    assertThat(List.of(missing, unlisted, wrong))
        .as("missing, doubled but not listed, wrongly reported: " + this)
        .containsExactly(0, 0, 0);
    return this;
  }

  /** Besides, no more is in doubt than a kill may leave. */
  Verdict holdsAfterKills() {
    notMoreInDoubtThanOf(kills, listed);
    return holds();
  }

  /** No more is in doubt of all that a node was sending than a kill may leave of it together. */
  static void holdAfterKills(Verdict one, Verdict other) {
    notMoreInDoubtThanOf(one.kills, one.listed + other.listed);
  }

  private static void notMoreInDoubtThanOf(int kills, int listed) {
    assertThat(listed)
        .as("in doubt after " + kills + " kills")
        .isLessThanOrEqualTo(kills * MOST_A_KILL);
  }

  /** Besides, nothing at all is in doubt or came twice. */
  Verdict leavesNoDoubt() {
    assertThat(listed + doubled).as("in doubt or doubled: " + this).isZero();
    return holds();
  }

  String line() {
    return "| %s | %d | %d | %d | %d | %d | %d | %d | %d |"
        .formatted(name, due, sent, missing, doubled, listed, unlisted, wrong, kills);
  }
}
