package org.tocsin.correspondents;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.ApplicationRepository.Asked;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

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

  /** What a letter stands for, while {@link #prove} would do something. */
  public Optional<ApplicationForm> provable(String token) {
    return byProof(token).map(Asked::form);
  }

  /**
   * The typed mailbox is the applicant's. The answer does not tell what the roster says.
   *
   * @param name as the reader puts it right; empty where it is right. Anybody may have typed it.
   */
  public boolean prove(String token, String name, Optional<Academy> academy) {
    return byProof(token)
        .map(
            asked ->
                hub.transaction(
                    tx -> {
                      ApplicationForm form = asked.form().putRight(name, academy);
                      boolean still =
                          applications
                              .lock(tx, asked.application().id())
                              .filter(known -> known.state() == Application.State.APPLIED)
                              .isPresent();
                      if (still) {
                        prove(tx, asked.application().id(), form);
                      }
                      return still;
                    }))
        .orElse(false);
  }

  private void prove(Tx tx, ApplicationId id, ApplicationForm form) {
    applications.prove(tx, id, form, clock.instant());
    tx.afterCommit(() -> bus.publish(ApplicationLeft.TOPIC, new ApplicationLeft()));
    audit.record(tx, "person", "application.address_proved", id.subject());
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

  private Optional<Asked> byProof(String token) {
    return applications
        .byLetter(hub, Secrets.digest(token), clock.instant().minus(Application.PENDING_FOR))
        .filter(asked -> asked.application().state() == Application.State.APPLIED);
  }
}
