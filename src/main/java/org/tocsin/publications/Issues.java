package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BiFunction;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.release.Releases;

/**
 * What drafting, review and publishing have in common: an issue is changed under its lock, and with
 * its audit entry last.
 */
final class Issues {
  final Database database;
  final Releases releases;
  final NewsletterRepository newsletters;
  final PressedRepository pressed;
  private final InstantSource clock;
  final Audit audit;
  private final LetterPress press;

  Issues(
      Database database,
      NewsletterVault vault,
      InstantSource clock,
      Audit audit,
      Releases releases,
      LetterPress press) {
    this.database = database;
    this.newsletters = new NewsletterRepository(vault);
    this.pressed = new PressedRepository(vault);
    this.clock = clock;
    this.audit = audit;
    this.releases = releases;
    this.press = press;
  }

  Instant now() {
    return clock.instant();
  }

  /** One transaction, in which nobody else can touch this issue. */
  <T> T change(NewsletterId id, BiFunction<Tx, Newsletter, T> work) {
    return database.transaction(tx -> within(tx, id, work));
  }

  /** The same in somebody else's transaction. */
  <T> T within(Tx tx, NewsletterId id, BiFunction<Tx, Newsletter, T> work) {
    return work.apply(tx, lock(tx, id));
  }

  private Newsletter lock(Tx tx, NewsletterId id) {
    return newsletters.lock(tx, id).orElseThrow(Issues::noSuchIssue);
  }

  void record(Tx tx, StaffId staff, String verb, Newsletter issue, JsonObject detail) {
    audit.record(
        tx,
        staff.actor(),
        "newsletter." + verb,
        issue.id().subject(),
        detail.put("version", issue.version()));
  }

  /** What was submitted, if it still is what was hashed then and can be sent to readers. */
  Pressed frozen(Tx tx, Newsletter issue) {
    Pressed kept = pressed.of(tx, issue.id());
    if (!kept.hash(issue.draft()).equals(issue.hash())) {
      throw Releases.contentChanged();
    }
    if (!kept.letters().values().stream().allMatch(press::isSendable)) {
      throw new Conflict(
          "unsendable",
          "The letters could not be sent as they were frozen; submit the issue again");
    }
    return kept;
  }

  static void requireNotReleased(Newsletter issue) {
    if (issue.state().released()) {
      throw Releases.alreadyReleased();
    }
  }

  static void requireInReview(Newsletter issue) {
    if (issue.state() != State.IN_REVIEW) {
      throw new Conflict("not_in_review", "This issue is not in review; its editor submits it");
    }
  }

  static NotFound noSuchIssue() {
    return new NotFound("newsletter");
  }

  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
