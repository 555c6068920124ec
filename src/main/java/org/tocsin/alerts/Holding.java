package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.ConsentWatch;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * Holding a message, which needs one person or the end of a consent, and letting it go on, which
 * needs two.
 */
final class Holding implements ConsentWatch {
  private static final Logger log = LoggerFactory.getLogger(Holding.class);

  private final AlertBook book;
  private final Ways ways;

  Holding(AlertBook book, Ways ways) {
    this.book = book;
    this.ways = ways;
  }

  Alert hold(AlertId id, StaffId staff) {
    return book.change(id, (tx, before) -> hold(tx, before, staff));
  }

  /** One that is held with everything else stays so when that is over. */
  Alert hold(Tx tx, Alert before, StaffId staff) {
    if (before.standing() == AlertState.HELD) {
      return before;
    }
    if (!holdable(before)) {
      throw new Conflict("nothing_to_hold", "There is nothing here that could be held");
    }
    hold(tx, before, Alert.Why.STAFF, Optional.of(staff));
    return book.recorded(
        tx,
        before.id(),
        staff.actor(),
        "held",
        new JsonObject().put("was", AlertBook.word(before.standing())));
  }

  private static boolean holdable(Alert alert) {
    return alert.type() != AlertType.STOP
        && (alert.standing() == AlertState.APPROVED || alert.standing().live());
  }

  private void hold(Tx tx, Alert alert, Alert.Why why, Optional<StaffId> by) {
    ways.hold(tx, book.sendings.of(tx, alert.id()));
    book.messages.held(tx, alert.id(), alert.standing(), why, by, book.now());
  }

  /** The first says so, and a second person makes it so; then it is APPROVED and released again. */
  Alert resume(AlertId id, StaffId staff) {
    return book.changeGated(
        id,
        (tx, before, gate) -> {
          Alert.Held held = before.held().orElseThrow(Launch::notHeld);
          if (before.state() != AlertState.HELD) {
            throw AlertBook.ended();
          }
          if (before.standing() != AlertState.HELD) {
            throw Standstill.held();
          }
          gate.require(book.frozen(tx, before).draft().circles());
          Optional<StaffId> first = held.resumedBy();
          if (first.isEmpty()) {
            book.messages.resumeFirst(tx, id, staff, book.now());
            return book.recorded(tx, id, staff.actor(), "resume_asked", new JsonObject());
          }
          if (first.get().equals(staff)) {
            throw new Conflict(
                "second_person_needed", "You asked for this already; another person must agree");
          }
          book.messages.resumed(tx, id, book.now());
          return book.recorded(tx, id, staff.actor(), "resumed", new JsonObject());
        });
  }

  /** A round: what was let go and reached no member is held, whatever became of its sends. */
  void holdUnsent(int atOnce) {
    for (AlertId id : book.alerts.unsent(book.database, atOnce)) {
      try {
        holdUnsent(id);
      } catch (RuntimeException failure) {
        log.atError()
            .addKeyValue("alert", id.value())
            .setCause(failure)
            .log("An alert reached no member and could not be held; tried again");
      }
    }
  }

  private void holdUnsent(AlertId id) {
    book.change(
        id,
        (tx, before) -> {
          // Looked at again under the chain's lock.
          if (!book.alerts.unsent(tx, id)) {
            return before;
          }
          hold(tx, before, Alert.Why.UNSENT, Optional.empty());
          return book.recorded(tx, id, "system", "held", new JsonObject().put("why", "unsent"));
        });
  }

  /**
   * Whatever of the case relied on the consent is held at once, and a stop lies ready. The caller
   * has locked the case.
   */
  @Override
  public void consentEnded(Tx tx, CaseId about) {
    Gate gate = Gate.of(book.cases, tx, Optional.of(about));
    for (ChainId chain : book.chains.lockOpen(tx, about)) {
      List<Alert> messages = book.alerts.ofChain(tx, chain, book.now());
      List<Alert> relying =
          messages.stream()
              .filter(Holding::holdable)
              .filter(one -> !gate.obstacles(one.text().circles()).isEmpty())
              .toList();
      relying.forEach(one -> hold(tx, one, Alert.Why.GATE, Optional.empty()));
      boolean out = relying.stream().anyMatch(one -> one.release().isPresent());
      if (out && messages.stream().noneMatch(one -> one.type() == AlertType.STOP)) {
        book.messages.insert(
            tx, chain, AlertType.STOP, Optional.empty(), Optional.empty(), book.now());
      }
      relying.forEach(
          one ->
              book.recorded(
                  tx, one.id(), "system", "held", new JsonObject().put("why", "consent")));
    }
  }
}
