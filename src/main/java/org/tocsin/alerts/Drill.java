package org.tocsin.alerts;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Pace;
import org.tocsin.broadcasts.Progress;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * A drill: an exercise that two people approved is released to those who practise, and stopped when
 * all have it. It tests the very way that an alert goes, with everybody who stands in it.
 */
public final class Drill {
  private static final int MANY = 1_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Alerts alerts;
  private final Broadcasts broadcasts;

  public Drill(Alerts alerts, Broadcasts broadcasts) {
    this.alerts = alerts;
    this.broadcasts = broadcasts;
  }

  /**
   * How it went.
   *
   * @param members who practise
   * @param reached how many of them have it by the ledger
   * @param told how many were told to stop
   * @param alert of the exercise
   * @param stop of its stop
   */
  public record Result(Alert exercise, int members, int reached, int told, Pace alert, Pace stop) {}

  /**
   * Conflict {@code no_exercise} where none is approved; {@code nobody_sends} where nothing ended
   * in time; {@code nobody_reached} where it ended and nobody took it. What was begun is stopped
   * either way.
   */
  public Result run(StaffId releaser, Duration limit) {
    Alert exercise = approved(releaser);
    BroadcastId sent =
        broadcast(
            alerts
                .release(exercise.id(), releaser, Optional.empty(), Optional.of(Duration.ZERO))
                .alert());
    boolean ended = await(sent, limit);
    alerts.stop(exercise.id(), StopReason.SUPERSEDED, releaser);
    if (!ended) {
      throw nobodySends();
    }
    BroadcastId stop =
        alerts.chain(exercise.chain().id()).stream()
            .filter(one -> one.type() == AlertType.STOP)
            .map(this::broadcast)
            .findFirst()
            .orElseThrow();
    if (!await(stop, limit)) {
      throw nobodySends();
    }
    Progress went = progress(sent);
    if (went.acceptedByNobody()) {
      throw nobodyReached(went);
    }
    return new Result(
        exercise, went.total(), went.sent(), progress(stop).sent(), pace(sent), pace(stop));
  }

  private Alert approved(StaffId viewer) {
    return alerts.visibleTo(viewer, Long.MAX_VALUE, MANY).stream()
        .filter(one -> one.chain().mode() == Mode.EXERCISE && one.state() == AlertState.APPROVED)
        .max(Comparator.comparing(one -> one.id().value()))
        .orElseThrow(
            () ->
                new Conflict(
                    "no_exercise",
                    "there is no approved exercise: write one at /desk/alerts/practice and have a"
                        + " second person approve it"));
  }

  private BroadcastId broadcast(Alert alert) {
    return alerts.sendings(alert.chain().id()).stream()
        .filter(one -> one.alert().equals(alert.id()) && one.email())
        .map(Sending::broadcast)
        .findFirst()
        .orElseThrow();
  }

  private boolean await(BroadcastId id, Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    while (!progress(id).state().ended()) {
      if (System.nanoTime() > until) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }

  private Progress progress(BroadcastId id) {
    return broadcasts.find(id).orElseThrow();
  }

  private Pace pace(BroadcastId id) {
    return broadcasts.pace(id).orElse(new Pace(0, Duration.ZERO, Duration.ZERO));
  }

  private static Conflict nobodyReached(Progress went) {
    return new Conflict(
        "nobody_reached",
        went.total() == 0
            ? "the exercise went to nobody: no member practises, see /desk/members"
            : "the exercise ended and was accepted for none of "
                + went.total()
                + ": see its sends at the desk");
  }

  private static Conflict nobodySends() {
    return new Conflict(
        "nobody_sends",
        "the exercise was not delivered in time and is stopped: is the hub running?");
  }
}
