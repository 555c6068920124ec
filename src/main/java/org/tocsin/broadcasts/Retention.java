package org.tocsin.broadcasts;

import java.time.Period;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * Drops what became of single deliveries some months after the last broadcast beside them ended,
 * and no sooner than their owners can do without: an alert that can still be stopped needs them to
 * tell whom it reached. The ledgers stay: they count, and name nobody.
 */
public final class Retention implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private final Database hub;
  private final Period kept;
  private final CutRepository cuts = new CutRepository();

  public Retention(Database hub, int months) {
    this.hub = hub;
    this.kept = Period.ofMonths(months);
  }

  /** One cut; true when there was one. */
  @Override
  public boolean round() {
    var taken = cuts.take(hub, kept);
    taken.ifPresent(
        first -> {
          cuts.drop(hub, first);
          log.atInfo().addKeyValue("first", first).log("Old deliveries were dropped");
        });
    return taken.isPresent();
  }
}
