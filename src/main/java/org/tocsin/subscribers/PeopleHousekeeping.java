package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.audit.Audit;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/** Forgets what nobody confirmed, and wishes that nobody could answer. */
public final class PeopleHousekeeping implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(PeopleHousekeeping.class);

  /** Longer than the longest wait for a turn. */
  private static final Duration REQUEST_LIVES = Duration.ofDays(2);

  private final Database hub;
  private final Audit audit;
  private final InstantSource clock;
  private final SubscriberRepository people;
  private final AddressChangeRepository changes;
  private final SignUpRequestRepository requests = new SignUpRequestRepository();

  public PeopleHousekeeping(Database hub, PeopleVault vault, Audit audit, InstantSource clock) {
    this.hub = hub;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
    this.changes = new AddressChangeRepository(vault);
  }

  @Override
  public boolean round() {
    Instant now = clock.instant();
    hub.inTransaction(
        tx -> {
          int unconfirmed = people.deleteUnconfirmed(tx, now);
          if (unconfirmed > 0) {
            audit.record(
                tx,
                "system",
                "subscriber.unconfirmed_deleted",
                "subscribers",
                new JsonObject().put("count", unconfirmed));
          }
        });
    changes.deleteExpired(hub, now);
    int lost = requests.deleteOlderThan(hub, now.minus(REQUEST_LIVES));
    if (lost > 0) {
      log.atError()
          .addKeyValue("count", lost)
          .log("Sign-up requests could not be answered in two days");
    }
    return false;
  }
}
