package org.tocsin.alerts;

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
final class AlertReview {
  private static final int MAX_REASON = 2_000;

  private final AlertBook book;

  AlertReview(AlertBook book) {
    this.book = book;
  }

  /** Who wrote at it is told that first, whatever else is in the way. */
  Alert approve(AlertId id, StaffId staff, Optional<ContentHash> seen) {
    return book.changeGated(
        id,
        (tx, before, gate) -> {
          if (book.releases.editors(tx, id.subject()).contains(staff)) {
            throw Releases.approverIsEditor();
          }
          AlertBook.requireOpen(before);
          if (seen.isPresent() && !seen.equals(before.hash())) {
            throw Releases.contentChanged();
          }
          if (before.state() == AlertState.APPROVED) {
            throw Releases.alreadyApproved();
          }
          requireInReview(before);
          Frozen frozen = book.frozen(tx, before);
          gate.require(frozen.draft().circles());
          frozen.requireConfirmed();
          ApprovalId approval = book.releases.approve(tx, id.subject(), staff, frozen.hash());
          book.messages.approved(tx, id, approval, book.now());
          return book.recorded(
              tx, id, staff.actor(), "approved", new JsonObject().put("hash", frozen.hash().hex()));
        });
  }

  /** Also takes back an approval that was given. */
  Alert reject(AlertId id, StaffId staff, String reason, Messages words) {
    TextRules rules = new TextRules(words, "alerts");
    String why = rules.text("reason", reason, MAX_REASON);
    rules.check();
    return book.change(
        id,
        (tx, before) -> {
          AlertBook.requireOpen(before);
          if (before.state() == AlertState.APPROVED) {
            book.releases.revoke(tx, before.approval().orElseThrow(), staff);
          } else {
            requireInReview(before);
          }
          book.messages.rejected(tx, id, why, book.now());
          return book.recorded(
              tx,
              id,
              staff.actor(),
              "rejected",
              new JsonObject().put("was", AlertBook.word(before.state())));
        });
  }

  private static void requireInReview(Alert alert) {
    if (alert.state() != AlertState.IN_REVIEW) {
      throw new Conflict("not_in_review", "This message is not in review; its editor submits it");
    }
  }
}
