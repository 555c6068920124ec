package org.tocsin.alerts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.LeakLint;
import org.tocsin.cases.Reference;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseOrder.Mode;
import org.tocsin.release.Releases;

/** Writing a message, until it is frozen for review. Only the case's team writes. */
final class Drafting {
  private final AlertBook book;
  private final ThinPress press;
  private final RandomGenerator references;

  /**
   * @param references nobody must be able to guess what comes of it
   */
  Drafting(AlertBook book, ThinPress press, RandomGenerator references) {
    this.book = book;
    this.press = press;
    this.references = references;
  }

  /** Begins a chain. */
  Alert create(Optional<CaseId> about, Mode mode, AlertDraft draft, StaffId staff, Messages words) {
    about.ifPresent(id -> requireTeam(id, staff));
    if (about.isEmpty() && mode == Mode.ACTUAL) {
      throw new IllegalArgumentException("an actual alert is about a case");
    }
    AlertDraft tidy = AlertRules.checked(draft, mode, book.today(), words);
    return book.database.transaction(
        tx -> {
          ChainId chain =
              book.chains.insert(tx, Reference.random(references), about, mode, staff, book.now());
          AlertId id =
              book.messages.insert(
                  tx, chain, AlertType.ALERT, Optional.of(tidy), Optional.of(staff), book.now());
          book.releases.edited(tx, id.subject(), staff, hash(tidy));
          return book.recorded(
              tx, id, staff.actor(), "created", new JsonObject().put("mode", mode.name()));
        });
  }

  private void requireTeam(CaseId about, StaffId staff) {
    book.teams.require(book.cases.require(about, staff).id(), staff);
  }

  /** The next message of a chain of which something was let go. */
  Alert update(AlertId id, AlertDraft draft, StaffId staff, Messages words) {
    return book.change(
        id,
        (tx, before) -> {
          book.requireTeam(before, staff);
          if (before.chain().end().isPresent()) {
            throw AlertBook.ended();
          }
          List<Alert> chain = book.alerts.ofChain(tx, before.chain().id(), book.now());
          if (chain.stream().noneMatch(one -> one.letGoAt().isPresent())) {
            throw new Conflict("nothing_to_update", "Nothing of this alert has been sent yet");
          }
          if (chain.stream().anyMatch(one -> one.type() == AlertType.STOP)) {
            throw new Conflict("stop_drafted", "This alert waits to be stopped");
          }
          AlertDraft tidy = AlertRules.checked(draft, before.chain().mode(), book.today(), words);
          AlertId next =
              book.messages.insert(
                  tx,
                  before.chain().id(),
                  AlertType.UPDATE,
                  Optional.of(tidy),
                  Optional.of(staff),
                  book.now());
          book.releases.edited(tx, next.subject(), staff, hash(tidy));
          return book.recorded(tx, next, staff.actor(), "created", new JsonObject());
        });
  }

  /**
   * @param version of the message as it was read before the change
   */
  Alert edit(AlertId id, int version, AlertDraft draft, StaffId staff, Messages words) {
    return book.change(
        id,
        (tx, before) -> {
          book.requireTeam(before, staff);
          AlertBook.requireOpen(before);
          requireVersion(before, version);
          AlertDraft tidy = AlertRules.checked(draft, before.chain().mode(), book.today(), words);
          if (before.state() == AlertState.DRAFT && tidy.equals(before.text())) {
            return before;
          }
          if (before.state() == AlertState.HELD) {
            throw new Conflict("held", "This message is held; two people let it go on first");
          }
          book.messages.rewrite(tx, id, tidy, book.now());
          book.releases.edited(tx, id.subject(), staff, hash(tidy));
          return book.recorded(tx, id, staff.actor(), "edited", new JsonObject());
        });
  }

  /**
   * Sets the thin letters and freezes all that will be shown and sent, and what was confirmed.
   *
   * @param seen the version whose doubts were confirmed, where a page showed them
   * @param confirmed codes of each {@link Doubt} that is meant
   */
  Alert submit(
      AlertId id, Optional<Integer> seen, Set<String> confirmed, StaffId staff, Messages words) {
    Alert read = book.get(book.database, id);
    requireDraft(read);
    seen.ifPresent(version -> requireVersion(read, version));
    requireSpeakable(read);
    Doubt.requireConfirmed(read.text(), confirmed, words);
    Frozen fresh = freeze(read).confirming(Doubt.of(read.text()));
    ContentHash hash = fresh.hash();
    return book.change(
        id,
        (tx, before) -> {
          book.requireTeam(before, staff);
          requireDraft(before);
          requireVersion(before, read.version());
          requireTime(before.text());
          book.messages.submitted(tx, id, fresh, hash, book.now());
          book.releases.edited(tx, id.subject(), staff, hash);
          JsonObject facts = new JsonObject().put("hash", hash.hex());
          if (!fresh.confirmed().isEmpty()) {
            facts.put("confirmed", new JsonArray(List.copyOf(fresh.confirmed())));
          }
          return book.recorded(tx, id, staff.actor(), "submitted", facts);
        });
  }

  Frozen freeze(Alert alert) {
    String country =
        alert.chain().caseId().map(about -> book.cases.get(about).details().country()).orElse("");
    return new Frozen(
        alert.chain().reference().text(),
        alert.type(),
        alert.no(),
        alert.chain().mode(),
        country,
        alert.draft().orElse(AlertDraft.NONE),
        press.letters(alert.thin()),
        new TreeSet<>());
  }

  /** A confidential filing is not told of, however the text is put. */
  private void requireSpeakable(Alert alert) {
    List<String> unspeakable = alert.chain().caseId().map(book.unspeakable).orElse(List.of());
    String words =
        AlertJson.of(alert.text()).getMap().values().stream()
            .map(String::valueOf)
            .collect(Collectors.joining("\n"));
    if (!LeakLint.findWords(words, unspeakable).isEmpty()) {
      throw new Conflict("confidential_filing", "The text tells of a filing that is confidential");
    }
  }

  private void requireTime(AlertDraft draft) {
    if (draft.actBy().filter(day -> day.isBefore(book.today())).isPresent()) {
      throw actByPassed();
    }
  }

  static Conflict actByPassed() {
    return new Conflict("act_by_passed", "The act-by date is over; choose a later one");
  }

  private static void requireDraft(Alert alert) {
    AlertBook.requireOpen(alert);
    switch (alert.state()) {
      case DRAFT -> {}
      case APPROVED -> throw Releases.alreadyApproved();
      default -> throw new Conflict("already_submitted", "This message is in review already");
    }
  }

  private static void requireVersion(Alert alert, int version) {
    if (alert.version() != version) {
      throw new Conflict(
          "version_changed",
          "Somebody else changed this message since you opened it; nothing was overwritten");
    }
  }

  private static ContentHash hash(AlertDraft draft) {
    return new ContentHash.Canon("alert draft").field("draft", AlertJson.of(draft).encode()).hash();
  }
}
