package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/** The second person's yes or no. */
final class Review {
  static final int MAX_REASON = 2_000;

  private final Issues issues;
  private final Holding holding;

  Review(Issues issues, Holding holding) {
    this.issues = issues;
    this.holding = holding;
  }

  /**
   * Who wrote at it is told that first, whatever else is in the way. Looking through it takes a
   * while, so it is done before the issue is locked; and here for the first time, since whoever
   * approves reads cases and whoever hands in may not.
   */
  Newsletter approve(
      NewsletterId id, StaffId staff, Optional<ContentHash> seen, Optional<Integer> looked) {
    Newsletter read = issues.newsletters.find(issues.database, id).orElseThrow(Issues::noSuchIssue);
    int found = holding.found(read.draft(), issues.pressed.of(issues.database, id));
    return issues.change(
        id,
        (tx, before) -> {
          if (issues.releases.editors(tx, id.subject()).contains(staff)) {
            throw Releases.approverIsEditor();
          }
          Issues.requireNotReleased(before);
          if (seen.isPresent() && !seen.get().equals(before.hash())) {
            throw Releases.contentChanged();
          }
          if (before.state() == State.APPROVED) {
            throw Releases.alreadyApproved();
          }
          Issues.requireInReview(before);
          if (!before.hash().equals(read.hash())) {
            throw Releases.contentChanged();
          }
          issues.frozen(tx, before);
          holding.requireLookedThrough(tx, before, found, looked, staff);
          ApprovalId approval = issues.releases.approve(tx, id.subject(), staff, before.hash());
          Newsletter after = issues.newsletters.approved(tx, id, approval, issues.now());
          issues.record(
              tx, staff, "approved", after, new JsonObject().put("hash", before.hash().hex()));
          return after;
        });
  }

  /** Also takes back an approval that was given: one person can hold. */
  Newsletter reject(NewsletterId id, StaffId staff, String reason, Messages words) {
    String tidy = reason.replace("\r\n", "\n").strip();
    if (tidy.codePointCount(0, tidy.length()) > MAX_REASON || tidy.indexOf('\0') >= 0) {
      throw new Invalid("reason", words.text("desk.newsletter.error.too_long", MAX_REASON));
    }
    return issues.change(
        id,
        (tx, before) -> {
          Issues.requireNotReleased(before);
          before
              .approval()
              .ifPresentOrElse(
                  approval -> issues.releases.revoke(tx, approval, staff),
                  () -> Issues.requireInReview(before));
          Newsletter after = issues.newsletters.draftAgain(tx, id, tidy, issues.now());
          issues.record(
              tx,
              staff,
              "rejected",
              after,
              new JsonObject().put("was", Issues.word(before.state())));
          return after;
        });
  }
}
