package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/** The second person's yes or no. */
final class CallReview {
  private static final int MAX_REASON = 2_000;

  private final CallBook book;

  CallReview(CallBook book) {
    this.book = book;
  }

  /** Who wrote at it is told that first, whatever else is in the way. */
  Call approve(CallId id, StaffId staff, Optional<ContentHash> seen) {
    return book.change(
        id,
        (tx, before) -> {
          if (book.releases.editors(tx, id.subject()).contains(staff)) {
            throw Releases.approverIsEditor();
          }
          CallBook.requireOpen(before);
          if (seen.isPresent() && !seen.equals(before.hash())) {
            throw Releases.contentChanged();
          }
          if (before.state() == CallState.APPROVED) {
            throw Releases.alreadyApproved();
          }
          requireInReview(before);
          book.requireTime(before.draft());
          ContentHash hash = book.frozen(tx, before).hash();
          ApprovalId approval = book.releases.approve(tx, id.subject(), staff, hash);
          book.calls.approved(tx, id, approval, book.now());
          return book.recorded(
              tx, id, staff.actor(), "approved", new JsonObject().put("hash", hash.hex()));
        });
  }

  /** Also takes back an approval that was given. */
  Call reject(CallId id, StaffId staff, String reason, Messages words) {
    TextRules rules = new TextRules(words, "calls");
    String why = rules.required("reason", reason, MAX_REASON);
    rules.check();
    return book.change(
        id,
        (tx, before) -> {
          CallBook.requireOpen(before);
          if (before.state() == CallState.APPROVED) {
            book.releases.revoke(tx, before.approval().orElseThrow(), staff);
          } else {
            requireInReview(before);
          }
          book.calls.rejected(tx, id, why, book.now());
          return book.recorded(
              tx,
              id,
              staff.actor(),
              "rejected",
              new JsonObject().put("was", CallBook.word(before.state())));
        });
  }

  private static void requireInReview(Call call) {
    if (call.state() != CallState.IN_REVIEW) {
      throw new Conflict("not_in_review", "This call is not in review; its editor submits it");
    }
  }
}
