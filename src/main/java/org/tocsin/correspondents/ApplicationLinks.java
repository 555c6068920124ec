package org.tocsin.correspondents;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.audit.Audit;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;

/**
 * What the links in the two letters of an application do: the typed mailbox proves itself, and the
 * roster's says whether it was they. A look changes nothing.
 */
public final class ApplicationLinks {
  private final Database hub;
  private final Audit audit;
  private final Bus bus;
  private final InstantSource clock;
  private final ApplicationRepository applications;

  public ApplicationLinks(
      Database hub, MemberVault vault, Audit audit, Bus bus, InstantSource clock) {
    this.hub = hub;
    this.audit = audit;
    this.bus = bus;
    this.clock = clock;
    this.applications = new ApplicationRepository(vault);
  }

  /** True while {@link #prove} would do something. */
  public boolean provable(String token) {
    return byProof(token).isPresent();
  }

  /** The typed mailbox is the applicant's. The answer does not tell what the roster says. */
  public boolean prove(String token) {
    return byProof(token)
        .map(
            found ->
                hub.transaction(
                    tx -> {
                      boolean still =
                          applications
                              .lock(tx, found.id())
                              .filter(known -> known.state() == Application.State.APPLIED)
                              .isPresent();
                      if (still) {
                        applications.move(
                            tx, found.id(), Application.State.EMAIL_PROVEN, clock.instant());
                        tx.afterCommit(
                            () -> bus.publish(ApplicationLeft.TOPIC, new ApplicationLeft()));
                        audit.record(
                            tx, "person", "application.address_proved", found.id().subject());
                      }
                      return still;
                    }))
        .orElse(false);
  }

  /** The application that a vouching link asks about, while it may still be answered. */
  public Optional<Application> asked(String token) {
    Instant oldest = clock.instant().minus(MemberMail.VOUCH_FOR);
    return applications
        .byVouch(hub, Secrets.digest(token))
        .filter(application -> application.changedAt().isAfter(oldest));
  }

  /**
   * @param mine whether the reader of the roster's address says that it was they
   */
  public boolean answer(String token, boolean mine) {
    return asked(token)
        .map(
            found ->
                hub.transaction(
                    tx -> {
                      boolean still =
                          applications
                              .lock(tx, found.id())
                              .filter(known -> known.state() == Application.State.ROSTER_MATCHED)
                              .isPresent();
                      if (still && mine) {
                        applications.move(
                            tx, found.id(), Application.State.VERIFIED, clock.instant());
                        audit.record(tx, "person", "application.verified", found.id().subject());
                      } else if (still) {
                        applications.stop(
                            tx,
                            found.id(),
                            Application.State.REFUSED,
                            Application.Reason.DISOWNED,
                            clock.instant());
                        audit.record(tx, "person", "application.disowned", found.id().subject());
                      }
                      return still;
                    }))
        .orElse(false);
  }

  private Optional<Application> byProof(String token) {
    Instant oldest = clock.instant().minus(Application.PENDING_FOR);
    return applications
        .byProof(hub, Secrets.digest(token))
        .filter(application -> application.appliedAt().isAfter(oldest));
  }
}
