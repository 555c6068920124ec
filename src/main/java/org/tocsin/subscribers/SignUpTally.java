package org.tocsin.subscribers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * Counts what is held back of the public's wishes, so that nothing is lost in silence: in this
 * process for the metrics, and once a minute into the database for the desk and into the log. Of
 * whom is not known here.
 */
public final class SignUpTally implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(SignUpTally.class);
  private static final Duration KEPT = Duration.ofDays(31);
  private static final Duration SHOWN = Duration.ofDays(1);

  private final Database hub;
  private final InstantSource clock;
  private final SignUpTallyRepository tallies = new SignUpTallyRepository();
  private final SignUpRequestRepository requests = new SignUpRequestRepository();
  private final Map<What, AtomicLong> counted = new EnumMap<>(What.class);
  private final Map<What, Long> written = new EnumMap<>(What.class);

  public SignUpTally(Database hub, InstantSource clock) {
    this.hub = hub;
    this.clock = clock;
    for (What what : What.values()) {
      counted.put(what, new AtomicLong());
      written.put(what, 0L);
    }
  }

  /** What was done with a wish. The words are the database's. */
  public enum What {
    /** Its network asked for much; the letter goes out at its turn. */
    POSTPONED,
    /** Its network asked for more than may wait, and was told so. */
    NETWORK,
    /** It filled a field that nobody sees. */
    HONEYPOT,
    /** It was filled quicker than a person can. */
    TOO_FAST
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
    return new Lately(requests.waiting(hub), tallies.since(hub, now.minus(SHOWN)));
  }

  /** Writes down what was counted since the last time. */
  @Override
  public boolean round() {
    Instant now = clock.instant();
    for (What what : What.values()) {
      long all = counted(what);
      long more = all - written.getOrDefault(what, 0L);
      if (more > 0) {
        tallies.add(hub, now.truncatedTo(ChronoUnit.HOURS), what, more);
        written.put(what, all);
        log.atWarn()
            .addKeyValue("what", what)
            .addKeyValue("count", more)
            .log("Sign-ups were held back");
      }
    }
    tallies.deleteOlderThan(hub, now.minus(KEPT));
    return false;
  }
}
