package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * Counts what is held back of the public's wishes, so that nothing is lost in silence: in this
 * process for the metrics, and once a minute into the database for the desk and into the log. Of
 * whom is not known here.
 */
public final class WishTally implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(WishTally.class);
  private static final Duration KEPT = Duration.ofDays(31);
  private static final Duration SHOWN = Duration.ofDays(1);

  private final Wish wish;
  private final Database hub;
  private final LongSupplier waiting;
  private final InstantSource clock;
  private final WishTallyRepository tallies = new WishTallyRepository();
  private final Map<What, AtomicLong> counted = new EnumMap<>(What.class);
  private final Map<What, Long> written = new EnumMap<>(What.class);

  /**
   * @param waiting how many letters wait for their turn
   */
  public WishTally(Wish wish, Database hub, LongSupplier waiting, InstantSource clock) {
    this.wish = wish;
    this.hub = hub;
    this.waiting = waiting;
    this.clock = clock;
    for (What what : What.values()) {
      counted.put(what, new AtomicLong());
      written.put(what, 0L);
    }
  }

  /** What somebody asks for at a form of the public. */
  public enum Wish {
    SIGN_UP(""),
    APPLICATION("APPLICATION_");

    private final String before;

    Wish(String before) {
      this.before = before;
    }

    /** As the database has it. */
    String word(What what) {
      return before + what;
    }

    Optional<What> of(String word) {
      return Arrays.stream(What.values()).filter(what -> word(what).equals(word)).findFirst();
    }
  }

  /** What was done with a wish. */
  public enum What {
    /** Its network asked for much; the letter goes out at its turn. */
    POSTPONED,
    /** Its network asked for more than may wait, and was told so. */
    NETWORK,
    /** It filled a field that nobody sees. */
    HONEYPOT,
    /** It was filled quicker than a person can, and asked for once more. */
    TOO_FAST,
    /** A day's letters to its address were out already, and bring all that it would. */
    SPENT
  }

  /** For the desk: what waits now, and what was held back within a day. */
  public record Lately(long waiting, Map<What, Long> held) {
    public long of(What what) {
      return held.getOrDefault(what, 0L);
    }

    public boolean any() {
      return waiting > 0 || held.values().stream().anyMatch(n -> n > 0);
    }
  }

  public void count(What what) {
    of(what).incrementAndGet();
  }

  /** Since this process started. */
  public long counted(What what) {
    return of(what).get();
  }

  private AtomicLong of(What what) {
    AtomicLong count = counted.get(what);
    if (count == null) {
      throw new IllegalStateException("not counted: " + what);
    }
    return count;
  }

  public Lately lately() {
    Instant now = clock.instant();
    return new Lately(waiting.getAsLong(), tallies.since(hub, wish, now.minus(SHOWN)));
  }

  /** Writes down what was counted since the last time. */
  @Override
  public boolean round() {
    Instant now = clock.instant();
    for (What what : What.values()) {
      long all = counted(what);
      long more = all - written.getOrDefault(what, 0L);
      if (more > 0) {
        tallies.add(hub, now.truncatedTo(ChronoUnit.HOURS), wish, what, more);
        written.put(what, all);
        log.atWarn()
            .addKeyValue("wish", wish)
            .addKeyValue("what", what)
            .addKeyValue("count", more)
            .log("Wishes of the public were held back");
      }
    }
    tallies.deleteOlderThan(hub, now.minus(KEPT));
    return false;
  }
}
