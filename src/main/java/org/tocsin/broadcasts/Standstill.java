package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * Hold everything, for the day an account is stolen: one person begins it, and nothing leaves but a
 * stop and letters to one person, until two others, or one other and the first, end it.
 *
 * <p>Invariant: while it is on, no other broadcast is being sent, whenever and by whichever node it
 * was started. The database halts whatever is started or let go while it is on; what ran before is
 * halted right after it began, and again by {@link #round} should the node die in between. To halt
 * is to pause and to remember it: what somebody paused or held besides stays so at the end. Nor is
 * anything cancelled meanwhile ({@link Controls}): what stands still goes on when two say so.
 */
public final class Standstill {
  private final Database database;
  private final Bus bus;
  private final Audit audit;
  private final InstantSource clock;
  private final Predicate<StaffId> mayEnd;
  private final StandstillRepository standstills = new StandstillRepository();

  /**
   * @param mayEnd whether somebody who wanted it to end may still want so: they work here, with a
   *     role that may
   */
  public Standstill(
      Database database, Bus bus, Audit audit, InstantSource clock, Predicate<StaffId> mayEnd) {
    this.database = database;
    this.bus = bus;
    this.audit = audit;
    this.clock = clock;
    this.mayEnd = mayEnd;
  }

  /**
   * It is on.
   *
   * @param askedBy the first of the two who want it to end
   */
  public record Standing(long id, StaffId by, Instant since, Optional<StaffId> askedBy) {
    private String subject() {
      return "standstill:" + id;
    }
  }

  public Optional<Standing> current() {
    return standstills.current(database);
  }

  /** Inside a transaction that may start or let go something; until its end none begins. */
  public boolean isOn(Tx tx) {
    standstills.lockShared(tx);
    return standstills.current(tx).isPresent();
  }

  /** Conflict {@code everything_held}. */
  public void requireNone(Tx tx) {
    if (isOn(tx)) {
      throw held();
    }
  }

  public static Conflict held() {
    return new Conflict(
        "everything_held",
        "Everything is on hold, and only a stop is sent; two people let it go on first");
  }

  /**
   * One person is enough, whoever it is. Pressed again it takes back what somebody asked for
   * meanwhile: that it end.
   */
  public Standing begin(StaffId by) {
    Standing begun = database.transaction(tx -> begin(tx, by));
    settle();
    return begun;
  }

  private Standing begin(Tx tx, StaffId by) {
    standstills.lock(tx);
    Optional<Standing> before = standstills.current(tx);
    if (before.isEmpty()) {
      standstills.begin(tx, by, clock.instant());
    } else if (before.get().askedBy().isPresent()) {
      standstills.forgetAsked(tx, before.get().id());
    } else {
      return before.get();
    }
    Standing now = standstills.current(tx).orElseThrow();
    audit.record(
        tx, by.actor(), before.isEmpty() ? "standstill.begun" : "standstill.kept", now.subject());
    return now;
  }

  /**
   * The first says so, and a second person makes it so. Conflict {@code nothing_held}, {@code
   * second_person_needed}.
   *
   * @return as it stands while the second is awaited; empty once it is over
   */
  public Optional<Standing> end(StaffId by) {
    // Whoever asked and was shown the door since has asked for nothing.
    Optional<StaffId> first = current().flatMap(Standing::askedBy).filter(mayEnd);
    Optional<Standing> left = database.transaction(tx -> end(tx, by, first));
    if (left.isEmpty()) {
      settle();
    }
    return left;
  }

  /**
   * @param heard who asked, when it was looked whether they may
   */
  private Optional<Standing> end(Tx tx, StaffId by, Optional<StaffId> heard) {
    standstills.lock(tx);
    Standing before =
        standstills
            .current(tx)
            .orElseThrow(() -> new Conflict("nothing_held", "Nothing is on hold"));
    if (before.askedBy().equals(Optional.of(by))) {
      throw new Conflict(
          "second_person_needed", "You asked for this already; another person must agree");
    }
    if (heard.isEmpty() || !before.askedBy().equals(heard)) {
      standstills.ask(tx, before.id(), by, clock.instant());
      audit.record(tx, by.actor(), "standstill.end_asked", before.subject());
      return standstills.current(tx);
    }
    standstills.end(tx, before.id(), by, clock.instant());
    audit.record(
        tx,
        by.actor(),
        "standstill.ended",
        before.subject(),
        new JsonObject().put("asked_by", heard.get().actor()));
    return Optional.empty();
  }

  /**
   * Halts whatever runs while it is on, and lets go on what stood still once it is over. In a
   * transaction after the one that said so: whoever started something then is waited for by that
   * one, and is seen by this one.
   */
  private void settle() {
    List<BroadcastId> moved =
        database.transaction(
            tx ->
                standstills.current(tx).isPresent() ? standstills.halt(tx) : standstills.goOn(tx));
    moved.forEach(id -> bus.publish(BroadcastNews.TOPIC, new BroadcastNews(id)));
  }

  /** Finishes what a node that died left half done. */
  public boolean round() {
    settle();
    return false;
  }
}
