package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;

/**
 * Ending a chain.
 *
 * <p>Invariant of a stop (I5): in the transaction that starts it, everything unsent of the chain is
 * withheld; so whatever is sent of the chain was granted before, and whoever it was granted for is
 * told. So is whoever read it in the portal: they were noted before they were shown it, and nobody
 * is noted while the chain is locked.
 */
final class Stopping {
  private static final int MAX_OUTCOME = 2_000;

  private final AlertBook book;
  private final Ways ways;

  Stopping(AlertBook book, Ways ways) {
    this.book = book;
    this.ways = ways;
  }

  /**
   * One person is enough. Pressed again it changes nothing, except that a second person who presses
   * it has looked at it and confirms it by that.
   */
  Alert stop(AlertId id, StopReason reason, StaffId staff) {
    return book.change(
        id,
        (tx, before) ->
            before.chain().stopped()
                ? confirm(tx, before, staff, true)
                : stop(tx, before, reason, staff));
  }

  private Alert stop(Tx tx, Alert before, StopReason reason, StaffId staff) {
    Instant now = book.now();
    Chain chain = before.chain();
    List<Sending> sendings = book.sendings.ofChain(tx, chain.id());
    ways.stop(tx, sendings);
    List<Alert> messages = book.alerts.ofChain(tx, chain.id(), now);
    book.chains.stop(tx, chain.id(), reason, staff, now);
    if (!sendings.isEmpty()) {
      AlertId stop = draft(tx, chain, messages, staff, now);
      List<Long> readers = book.readers.ofChain(tx, chain.id());
      Map<String, BroadcastId> started =
          ways.startStop(tx, book.get(tx, stop), sendings, readers, now);
      started.forEach((way, broadcast) -> book.sendings.insert(tx, stop, way, broadcast));
      book.messages.stopped(tx, stop, now);
      if (messages.stream().anyMatch(Alert::told)) {
        ways.tell(tx, book.get(tx, stop), now);
      }
    }
    return book.recorded(
        tx,
        before.id(),
        staff.actor(),
        "stopped",
        // Not why: those who read the audit need know no case, and a reason tells how one ended.
        new JsonObject().put("was", AlertBook.word(before.state())));
  }

  /** The stop that a consent's end left ready, or a new one. */
  private AlertId draft(Tx tx, Chain chain, List<Alert> messages, StaffId staff, Instant now) {
    return messages.stream()
        .filter(one -> one.type() == AlertType.STOP)
        .map(Alert::id)
        .findFirst()
        .orElseGet(
            () ->
                book.messages.insert(
                    tx, chain.id(), AlertType.STOP, Optional.empty(), Optional.of(staff), now));
  }

  /** The second person's word, afterwards. */
  Alert confirm(AlertId id, StaffId staff) {
    return book.change(
        id,
        (tx, before) -> {
          if (!before.chain().stopped()) {
            throw new Conflict("not_stopped", "This alert was not stopped");
          }
          return confirm(tx, before, staff, false);
        });
  }

  private Alert confirm(Tx tx, Alert before, StaffId staff, boolean pressedAgain) {
    Chain.End end = before.chain().end().orElseThrow();
    if (end.confirmedBy().isPresent() || end.by().equals(staff)) {
      if (pressedAgain || end.confirmedBy().isPresent()) {
        return before;
      }
      throw new Conflict(
          "second_person_needed", "You stopped it yourself; another person confirms it");
    }
    book.chains.confirm(tx, before.chain().id(), staff, book.now());
    return book.recorded(tx, before.id(), staff.actor(), "stop_confirmed", new JsonObject());
  }

  /** It did its work. Nobody is written to, and nobody is asked for anything any more. */
  Alert close(AlertId id, String outcome, StaffId staff, Messages words) {
    TextRules rules = new TextRules(words, "alerts");
    String text = rules.required("outcome", outcome, MAX_OUTCOME);
    rules.check();
    return book.change(
        id,
        (tx, before) -> {
          book.requireTeam(before, staff);
          if (before.chain().end().isPresent()) {
            throw AlertBook.ended();
          }
          List<Alert> messages = book.alerts.ofChain(tx, before.chain().id(), book.now());
          if (messages.stream().anyMatch(one -> one.type() == AlertType.STOP)) {
            throw new Conflict("stop_drafted", "This alert waits to be stopped");
          }
          ways.stop(tx, book.sendings.ofChain(tx, before.chain().id()));
          book.chains.close(tx, before.chain().id(), text, staff, book.now());
          return book.recorded(
              tx,
              id,
              staff.actor(),
              "closed",
              new JsonObject().put("was", AlertBook.word(before.state())));
        });
  }
}
