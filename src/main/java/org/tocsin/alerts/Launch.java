package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.release.ReleaseId;
import org.tocsin.release.ReleaseOrder;
import org.tocsin.release.Releases;

/**
 * Releasing an approved message, and letting it go when its last look is over. The gate is asked at
 * both, and what it refuses at the second is held.
 */
final class Launch {
  private static final Logger log = LoggerFactory.getLogger(Launch.class);
  private static final Duration FURTHEST = Duration.ofDays(366);
  private static final int AT_ONCE = 50;

  private final AlertBook book;
  private final Ways ways;
  private final Holding holding;
  private final Duration lastLook;

  /**
   * @param lastLook how long a released message waits where nobody says otherwise
   */
  Launch(AlertBook book, Ways ways, Holding holding, Duration lastLook) {
    this.book = book;
    this.ways = ways;
    this.holding = holding;
    this.lastLook = lastLook;
  }

  /**
   * What was released before and held since is released again, with the broadcasts it has, and no
   * sooner than was said the first time: that time is part of what was released.
   */
  ReleasedAlert release(
      AlertId id, StaffId staff, Optional<Instant> notBefore, Optional<Duration> look) {
    Instant now = book.now();
    Instant seen = now.plus(look.orElse(lastLook));
    Instant asked = later(seen, notBefore).truncatedTo(ChronoUnit.MILLIS);
    if (asked.isAfter(now.plus(FURTHEST))) {
      throw new Invalid("not_before", "Choose a time within the next year");
    }
    return book.changeGated(
        id,
        (tx, before, gate) -> {
          Frozen frozen = approved(tx, before);
          book.standstill.requireNone(tx);
          Instant at = later(asked, before.notBefore());
          gate.require(frozen.draft().circles());
          if (frozen.draft().actBy().filter(UtcDay.of(at)::isAfter).isPresent()) {
            throw Drafting.actByPassed();
          }
          Map<String, BroadcastId> started =
              before.release().isPresent()
                  ? again(tx, before, at)
                  : first(tx, before, frozen, staff, at);
          Alert released = book.get(tx, id);
          if (!at.isAfter(now)) {
            letGo(tx, released);
          }
          Alert after =
              book.recorded(
                  tx,
                  id,
                  staff.actor(),
                  "released",
                  new JsonObject()
                      .put("release", released.release().orElseThrow().value())
                      .put("hash", frozen.hash().hex())
                      .put("not_before", at.toString()));
          return new ReleasedAlert(after, started, at);
        });
  }

  private static Instant later(Instant one, Optional<Instant> other) {
    return other.filter(one::isBefore).orElse(one);
  }

  private Frozen approved(Tx tx, Alert alert) {
    if (alert.state() == AlertState.APPROVED) {
      if (alert.superseded()) {
        throw new Conflict("superseded", "A later message of this alert was sent; write an update");
      }
      return book.frozen(tx, alert);
    }
    AlertBook.requireOpen(alert);
    throw book.releases.latestApproval(tx, alert.id().subject()).isPresent()
            && alert.state() != AlertState.HELD
        ? Releases.contentChanged()
        : Releases.notApproved();
  }

  private Map<String, BroadcastId> first(
      Tx tx, Alert alert, Frozen frozen, StaffId staff, Instant at) {
    JsonObject audience = ways.audience(frozen);
    ReleaseId release =
        book.releases.release(
            tx,
            new ReleaseOrder(
                alert.approval().orElseThrow(Releases::notApproved),
                audience,
                at,
                alert.chain().mode()),
            staff);
    Map<String, BroadcastId> started = ways.start(tx, alert, frozen, audience, release, at);
    started.forEach((way, broadcast) -> book.sendings.insert(tx, alert.id(), way, broadcast));
    book.messages.released(tx, alert.id(), release, at, book.now());
    return started;
  }

  private Map<String, BroadcastId> again(Tx tx, Alert alert, Instant at) {
    List<Sending> own = book.sendings.of(tx, alert.id());
    // For its endpoints alone it is not let go: no member would have it.
    if (!alert.reached()
        && own.stream().noneMatch(one -> one.email() && ways.canStillGo(tx, one))) {
      throw new Conflict(
          "nothing_to_send",
          "Its letters ended, and nobody of those listed can get one: write an update, or stop it");
    }
    book.messages.released(tx, alert.id(), alert.release().orElseThrow(), at, book.now());
    return own.stream().collect(Collectors.toMap(Sending::channel, Sending::broadcast));
  }

  /** What it supersedes is sent to nobody any more, whether or not all of it was. */
  private void letGo(Tx tx, Alert alert) {
    List<Sending> own = book.sendings.of(tx, alert.id());
    List<Sending> earlier =
        book.sendings.ofChain(tx, alert.chain().id()).stream()
            .filter(sending -> !own.contains(sending))
            .toList();
    ways.stop(tx, earlier);
    ways.letGo(tx, own);
    if (!alert.reached()) {
      ways.renew(tx, own);
    }
    boolean tell = !alert.told() && own.stream().anyMatch(sending -> !sending.email());
    book.messages.letGo(tx, alert.id(), tell, book.now());
    if (tell) {
      ways.tell(tx, alert, book.now());
    }
  }

  /**
   * A round of the launcher: lets go what is due, or holds it where the gate says no, and holds
   * whose letters ended and reached no member. One that fails does not keep the others waiting.
   * While everything is on hold nothing is let go.
   *
   * @return whether there may be more
   */
  boolean round() {
    holding.holdUnsent(AT_ONCE);
    if (book.standstill.current().isPresent()) {
      return false;
    }
    List<AlertId> due = book.alerts.due(book.database, book.now(), AT_ONCE);
    int failed = 0;
    for (AlertId id : due) {
      try {
        launch(id);
      } catch (RuntimeException failure) {
        failed++;
        log.atError()
            .addKeyValue("alert", id.value())
            .setCause(failure)
            .log("An alert is due and could not be let go; tried again");
      }
    }
    return due.size() == AT_ONCE && failed == 0;
  }

  private void launch(AlertId id) {
    book.changeGated(
        id,
        (tx, before, gate) -> {
          if (book.standstill.isOn(tx)
              || before.state() != AlertState.SCHEDULED
              || before.notBefore().filter(book.now()::isBefore).isPresent()) {
            return before;
          }
          if (gate.obstacles(book.frozen(tx, before).draft().circles()).isEmpty()) {
            letGo(tx, before);
            return book.recorded(tx, id, "system", "let_go", new JsonObject());
          }
          book.messages.held(tx, id, before.state(), Alert.Why.GATE, Optional.empty(), book.now());
          return book.recorded(tx, id, "system", "held", new JsonObject().put("why", "gate"));
        });
  }

  static Conflict notHeld() {
    return new Conflict("not_held", "This message is not held");
  }
}
