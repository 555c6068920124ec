package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * Forgets applications that nobody proved, those that are long decided, old ways in and old wishes.
 */
public final class MemberHousekeeping implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(MemberHousekeeping.class);
  private static final Duration REQUEST_LIVES = Duration.ofDays(1);
  private static final Duration DECIDED_LIVES = Duration.ofDays(90);

  private final Database hub;
  private final InstantSource clock;
  private final ApplicationRepository applications;
  private final ApplicationRequestRepository requests = new ApplicationRequestRepository();
  private final MemberAddressRepository changes;
  private final DoorRepository door = new DoorRepository();

  public MemberHousekeeping(Database hub, MemberVault vault, InstantSource clock) {
    this.hub = hub;
    this.clock = clock;
    this.applications = new ApplicationRepository(vault);
    this.changes = new MemberAddressRepository(vault);
  }

  @Override
  public boolean round() {
    Instant now = clock.instant();
    applications.deleteUnproven(hub, now.minus(Application.PENDING_FOR));
    applications.deleteClosed(hub, now.minus(DECIDED_LIVES));
    door.forget(hub, now, now.minus(PortalLinks.LIVES), now.minus(PortalDoor.IDLE));
    changes.deleteExpired(hub, now);
    int lost = requests.deleteOlderThan(hub, now.minus(REQUEST_LIVES));
    if (lost > 0) {
      log.atError().addKeyValue("count", lost).log("Applications could not be answered in a day");
    }
    return false;
  }
}
