package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.Audience;
import org.tocsin.broadcasts.BroadcastOwner;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Reached;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.Approval;
import org.tocsin.release.ContentHash;

/** The desk's side of calls. Whoever calls has asked for the {@code Permission}. */
public final class Calls {
  /** Whose broadcasts they are. */
  public static final String OWNER = "call";

  private final CallBook book;
  private final Audience volunteers;
  private final MemberSelection members;
  private final CallDrafting drafting;
  private final CallReview review;
  private final CallRelease release;
  private final CallSends sends;
  private final Reached reached = new Reached();

  /**
   * @param broadcasts all that carry calls
   * @param volunteers knows the members
   * @param references nobody must be able to guess what comes of it
   */
  public Calls(
      CallBook book,
      OwnedBroadcasts broadcasts,
      Audience volunteers,
      MemberSelection members,
      ThinLetters thin,
      RandomGenerator references) {
    this.book = book;
    this.volunteers = volunteers;
    this.members = members;
    this.drafting = new CallDrafting(book, thin, references);
    this.review = new CallReview(book);
    this.release = new CallRelease(book, broadcasts, members);
    this.sends = new CallSends(book, broadcasts);
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return CallVault.SEALED_TABLES;
  }

  /** What may be done to the broadcasts that carry calls. */
  public BroadcastOwner broadcastOwner() {
    return sends;
  }

  public Call create(CallDraft draft, StaffId staff, Messages words) {
    return drafting.create(draft, staff, words);
  }

  /** A changed text is a draft again, whatever was approved. Conflict {@code version_changed}. */
  public Call edit(CallId id, int version, CallDraft draft, StaffId staff, Messages words) {
    return drafting.edit(id, version, draft, staff, words);
  }

  /** Freezes what will be shown and sent; Conflict {@code already_submitted}. */
  public Call submit(CallId id, StaffId staff) {
    return drafting.submit(id, staff);
  }

  /**
   * Forbidden {@code approver_is_editor}; Conflict {@code content_changed}, {@code not_in_review},
   * {@code already_approved}, {@code answer_by_passed}.
   *
   * @param seen the hash of what the approver read, where a page showed it
   */
  public Call approve(CallId id, StaffId staff, Optional<ContentHash> seen) {
    return review.approve(id, staff, seen);
  }

  /** Back to a draft, from review or from approval. */
  public Call reject(CallId id, StaffId staff, String reason, Messages words) {
    return review.reject(id, staff, reason, words);
  }

  /**
   * Conflict {@code not_approved}, {@code already_released}, {@code answer_by_passed}, {@code
   * everything_held}.
   */
  public Call release(CallId id, StaffId staff) {
    return release.release(id, staff);
  }

  /** One person is enough; what is unsent is withheld for good. Conflict {@code call_closed}. */
  public Call close(CallId id, CloseReason reason, StaffId staff) {
    return release.close(id, reason, staff);
  }

  /** For what only does something with it and shows nothing of it; a page asks {@link #open}. */
  public Call get(CallId id) {
    return book.get(book.database, id);
  }

  /** For a page: that somebody reads it is written down. */
  public Call open(CallId id, StaffId viewer) {
    Call found = get(id);
    book.audit.read(viewer.actor(), "call", id.subject(), 0);
    return found;
  }

  /** Newest first, those before a call's number. That they were read is written down. */
  public List<Call> list(StaffId viewer, long before, int limit) {
    List<Call> found = newest(before, limit);
    book.audit.read(viewer.actor(), "calls", "calls", found.size());
    return found;
  }

  /** For features; a page asks {@link #list}. */
  List<Call> newest(long before, int limit) {
    return book.calls.list(book.database, before, limit, book.now());
  }

  /** What was submitted; for a draft, what would be. */
  public FrozenCall frozen(Call call) {
    return book.calls.frozen(book.database, call.id()).orElseGet(() -> drafting.freeze(call));
  }

  /** How many volunteers would be written to just now. */
  public long reach(CallDraft draft) {
    return volunteers.count(book.database, members.ofVolunteers(draft.areas()));
  }

  /** How a released call goes: who can, who cannot, and who was written to and said nothing. */
  public record Tally(long can, long cannot, long silent) {}

  public Tally tally(Call call) {
    List<Answer> answers = book.answers.ofCall(book.database, call.id());
    Set<Long> silent = new HashSet<>();
    call.sent()
        .ifPresent(
            sent ->
                silent.addAll(
                    reached.after(
                        book.database,
                        Reached.Whom.reachedBy(sent.broadcast()),
                        0,
                        Integer.MAX_VALUE)));
    answers.forEach(answer -> silent.remove(answer.member().value()));
    long cannot = answers.stream().filter(answer -> !answer.can()).count();
    return new Tally(call.found(), cannot, silent.size());
  }

  /** The last word of each; that somebody looked is written down. */
  public List<Answer> openAnswers(CallId id, StaffId staff) {
    return book.change(
        id,
        (tx, call) -> {
          book.recorded(tx, id, staff.actor(), "answers_opened", new JsonObject());
          return book.answers.ofCall(tx, id);
        });
  }

  /** All who wrote at it, in the order in which they first did. */
  public List<StaffId> editors(CallId id) {
    return book.releases.editors(book.database, id.subject());
  }

  /** The last approval given, whether or not it still holds. */
  public Optional<Approval> latestApproval(CallId id) {
    return book.releases.latestApproval(book.database, id.subject());
  }
}
