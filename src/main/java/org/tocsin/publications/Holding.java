package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/**
 * Keeps a text that may name somebody from being approved until it was looked at. Everybody hears
 * that it is held; what was found is shown by others, to those who may see it.
 */
final class Holding {
  private final Issues issues;
  private final LeakCheck check;
  private final HoldRepository holds = new HoldRepository();

  Holding(Issues issues, LeakCheck check) {
    this.issues = issues;
    this.check = check;
  }

  /** In how many places somebody must look. Takes a while, so ask before an issue is locked. */
  int found(Draft draft, Pressed pressed) {
    return check.found(words(draft, pressed));
  }

  /** All that is told in public: as it was written, and as it reads once it is rendered. */
  static String words(Draft draft, Pressed pressed) {
    return String.join(
        "\n", draft.subject(), draft.preheader(), draft.markdown(), "", pressed.page().text());
  }

  /** With the submission; a text that was cleared before in the same words stays cleared. */
  void holdIfNeeded(Tx tx, Newsletter issue, int found, StaffId staff) {
    if (found > 0 && latest(tx, issue).filter(hold -> hold.covers(found)).isEmpty()) {
      holds.insert(tx, issue.id(), issue.hash(), found, issues.now());
      issues.record(tx, staff, "held", issue, new JsonObject().put("hash", issue.hash().hex()));
    }
  }

  /**
   * Looks once more, in a transaction of its own: since the submission a case may have been taken
   * in, or a consent revoked. What is refused afterwards is held all the same.
   */
  void lookAgain(NewsletterId id, StaffId staff) {
    Newsletter read =
        issues.newsletters.find(issues.database, id, issues.now()).orElseThrow(Issues::noSuchIssue);
    if (read.state() != State.IN_REVIEW) {
      return;
    }
    int found = found(read.draft(), issues.pressed.of(issues.database, id));
    issues.change(
        id,
        (tx, before) -> {
          if (before.state() == State.IN_REVIEW && before.hash().equals(read.hash())) {
            holdIfNeeded(tx, before, found, staff);
          }
          return before;
        });
  }

  void requireNotHeld(Tx tx, Newsletter issue) {
    if (isHeld(latest(tx, issue))) {
      throw new Conflict("held_for_review", "This text is held for review");
    }
  }

  /** Whether somebody must look at this text before it can be approved. */
  boolean isHeld(Newsletter issue) {
    return issue.state() == State.IN_REVIEW
        && isHeld(holds.latest(issues.database, issue.id(), issue.hash()));
  }

  private static boolean isHeld(Optional<Hold> hold) {
    return hold.filter(one -> one.cleared().isEmpty()).isPresent();
  }

  /** Not by one of its editors: whoever wrote a name would say that it may stay. */
  Newsletter clear(NewsletterId id, StaffId staff, ContentHash seen, int seenPlaces) {
    Newsletter read =
        issues.newsletters.find(issues.database, id, issues.now()).orElseThrow(Issues::noSuchIssue);
    int found = found(read.draft(), issues.pressed.of(issues.database, id));
    return issues.change(
        id,
        (tx, before) -> {
          if (issues.releases.editors(tx, id.subject()).contains(staff)) {
            throw Releases.approverIsEditor();
          }
          Issues.requireNotReleased(before);
          Issues.requireInReview(before);
          if (!before.hash().equals(seen) || !read.hash().equals(seen) || found > seenPlaces) {
            throw Releases.contentChanged();
          }
          Hold hold =
              latest(tx, before)
                  .filter(one -> one.cleared().isEmpty())
                  .orElseThrow(() -> new Conflict("not_held", "This text is not held"));
          holds.clear(tx, hold, found, staff, issues.now());
          issues.record(
              tx,
              staff,
              "cleared",
              before,
              new JsonObject().put("hash", seen.hex()).put("found", found));
          return before;
        });
  }

  private Optional<Hold> latest(Tx tx, Newsletter issue) {
    return holds.latest(tx, issue.id(), issue.hash());
  }
}
