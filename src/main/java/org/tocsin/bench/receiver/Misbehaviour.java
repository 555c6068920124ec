package org.tocsin.bench.receiver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Decides when a fault happens, and how slow answers are. Used on one event loop only. */
final class Misbehaviour {
  private static final long SECOND = 1_000_000_000;

  /** The same faults in the same conversations, run after run. */
  private final Random random = new Random(1);

  private Faults faults = Faults.NONE;
  private List<Case> cases = List.of();
  private long nextFree = System.nanoTime();

  void set(Faults other) {
    faults = other;
    cases = other.rules().stream().map(Case::new).toList();
    nextFree = System.nanoTime();
  }

  Faults faults() {
    return faults;
  }

  /**
   * @param to whose message it is: {@code …@domain}, or an endpoint
   * @param before how many good messages this connection brought
   */
  Optional<Rule> at(Stage stage, byte[] to, int before) {
    for (Case one : cases) {
      if (one.rule.at() == stage && one.happens(to, before, random)) {
        return Optional.of(one.rule);
      }
    }
    return Optional.empty();
  }

  /** How long answers to so many messages have to wait, in milliseconds. */
  long delay(int messages) {
    if (faults.perSecond() == 0 || messages == 0) {
      return faults.delayMs();
    }
    long now = System.nanoTime();
    nextFree = Math.max(nextFree, now - SECOND / 10) + messages * SECOND / faults.perSecond();
    return faults.delayMs() + Math.max(0, nextFree - now) / 1_000_000;
  }

  /** A rule and how often it has happened. */
  private static final class Case {
    private final Rule rule;
    private final byte[] to;
    private int happened;
    private long second;
    private int inSecond;

    Case(Rule rule) {
      this.rule = rule;
      this.to = rule.to().getBytes(StandardCharsets.UTF_8);
    }

    boolean happens(byte[] whom, int before, Random random) {
      boolean fits =
          before >= rule.after()
              && (rule.times() == 0 || happened < rule.times())
              && isFor(whom)
              && exceeds()
              && (rule.share() >= 1 || random.nextDouble() < rule.share());
      if (fits) {
        happened++;
      }
      return fits;
    }

    private boolean isFor(byte[] whom) {
      int before = whom.length - to.length;
      return to.length == 0
          || (Scan.endsWith(whom, 0, whom.length, to) && (before == 0 || whom[before - 1] == '@'));
    }

    private boolean exceeds() {
      if (rule.perSecond() == 0) {
        return true;
      }
      long now = System.nanoTime() / SECOND;
      inSecond = now == second ? inSecond + 1 : 1;
      second = now;
      return inSecond > rule.perSecond();
    }
  }
}
