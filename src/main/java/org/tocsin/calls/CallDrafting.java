package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.util.random.RandomGenerator;
import org.tocsin.access.StaffId;
import org.tocsin.cases.Reference;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/** Writing a call, until it is frozen for review. */
final class CallDrafting {
  private final CallBook book;
  private final ThinLetters thin;
  private final RandomGenerator references;

  CallDrafting(CallBook book, ThinLetters thin, RandomGenerator references) {
    this.book = book;
    this.thin = thin;
    this.references = references;
  }

  Call create(CallDraft draft, StaffId staff, Messages words) {
    CallDraft tidy = CallRules.checked(draft, book.areas, book.now(), words);
    return book.judged(
        tx -> {
          CallId id = book.calls.insert(tx, Reference.random(references), tidy, staff, book.now());
          book.releases.edited(tx, id.subject(), staff, tidy.hash());
          return book.recorded(tx, id, staff.actor(), "created", new JsonObject());
        });
  }

  /**
   * @param version of the call as it was read before the change
   */
  Call edit(CallId id, int version, CallDraft draft, StaffId staff, Messages words) {
    CallDraft tidy = CallRules.checked(draft, book.areas, book.now(), words);
    return book.change(
        id,
        (tx, before) -> {
          CallBook.requireOpen(before);
          requireVersion(before, version);
          if (before.state() == CallState.DRAFT && tidy.equals(before.draft())) {
            return before;
          }
          book.calls.rewrite(tx, id, tidy, book.now());
          book.releases.edited(tx, id.subject(), staff, tidy.hash());
          return book.recorded(tx, id, staff.actor(), "edited", new JsonObject());
        });
  }

  /** Sets the thin letters and freezes all that will be shown and sent. */
  Call submit(CallId id, StaffId staff) {
    Call read = book.get(book.database, id);
    requireDraft(read);
    FrozenCall fresh = freeze(read);
    ContentHash hash = fresh.hash();
    return book.change(
        id,
        (tx, before) -> {
          requireDraft(before);
          requireVersion(before, read.version());
          book.requireTime(before.draft());
          book.calls.submitted(tx, id, fresh, hash, book.now());
          book.releases.edited(tx, id.subject(), staff, hash);
          return book.recorded(
              tx, id, staff.actor(), "submitted", new JsonObject().put("hash", hash.hex()));
        });
  }

  /** The letter is given the reference and nothing else of the call. */
  FrozenCall freeze(Call call) {
    String reference = call.reference().text();
    return new FrozenCall(
        reference, call.draft(), thin.set(words -> ThinLetters.says(reference, words)));
  }

  private static void requireDraft(Call call) {
    CallBook.requireOpen(call);
    if (call.state() == CallState.APPROVED) {
      throw Releases.alreadyApproved();
    }
    if (call.state() == CallState.IN_REVIEW) {
      throw new Conflict("already_submitted", "This call is in review already");
    }
  }

  private static void requireVersion(Call call, int version) {
    if (call.version() != version) {
      throw new Conflict(
          "version_changed",
          "Somebody else changed this call since you opened it; nothing was overwritten");
    }
  }
}
