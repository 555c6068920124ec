package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.calls.CallRepository.Shown;
import org.tocsin.cases.Reference;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;

/**
 * The portal's side of calls: what a volunteer may read, out of what was frozen and with their own
 * rights (I2), and what they answer. For everybody else there is no call.
 */
public final class CallReadings {
  /** As often may somebody change their mind. */
  private static final int MAX_ANSWERS = 50;

  private final CallBook book;

  public CallReadings(CallBook book) {
    this.book = book;
  }

  /** All that this member may know of, newest first. */
  public List<CallReading> of(Member member) {
    if (member.circle() != Circle.VOLUNTEER) {
      return List.of();
    }
    Map<CallId, Answer> own = book.answers.ofMember(book.database, member.id());
    return book.calls.shown(book.database, book.now()).stream()
        .filter(
            shown ->
                own.containsKey(shown.call().id())
                    || shown.frozen().draft().areas().stream().anyMatch(member.areas()::contains))
        .map(shown -> reading(shown, Optional.ofNullable(own.get(shown.call().id()))))
        .toList();
  }

  public CallReading get(Member member, Reference reference) {
    return of(member).stream()
        .filter(reading -> reading.reference().equals(reference))
        .findFirst()
        .orElseThrow(CallBook::noSuchCall);
  }

  /**
   * What a volunteer whom it asks would have before them if it were open now: for those who write,
   * approve and release it.
   *
   * @param frozen what was submitted, or would be
   */
  public static CallReading preview(Call call, FrozenCall frozen) {
    return new CallReading(
        call.id(),
        call.reference(),
        CallState.OPEN,
        Optional.of(frozen.draft()),
        Optional.empty(),
        Optional.empty());
  }

  private static CallReading reading(Shown shown, Optional<Answer> own) {
    Call call = shown.call();
    boolean said = own.filter(Answer::can).isPresent();
    boolean shows =
        switch (call.state()) {
          case OPEN -> true;
          // Whoever said yes must still know to what.
          case FILLED, OVER -> said;
          case CLOSED ->
              said && call.closed().filter(end -> end.reason() == CloseReason.FOUND).isPresent();
          case DRAFT, IN_REVIEW, APPROVED -> false;
        };
    return new CallReading(
        call.id(),
        call.reference(),
        call.state(),
        shows ? Optional.of(shown.frozen().draft()) : Optional.empty(),
        own,
        call.closed());
  }

  /** An answer in its one spelling, or what is wrong with it. */
  public AnswerDraft checked(AnswerDraft draft, Messages words) {
    return CallRules.checked(draft, words);
  }

  /**
   * Conflict {@code call_over}, {@code call_filled}, {@code too_many_answers}. Of two who say yes
   * to the last place at once, the first has it: the database counts under the call's lock.
   */
  public void answer(Member member, Reference reference, AnswerDraft draft, Messages words) {
    CallId id = get(member, reference).id();
    AnswerDraft tidy = checked(draft, words);
    book.change(
        id,
        (tx, call) -> {
          if (book.answers.count(tx, id, member.id()) >= MAX_ANSWERS) {
            throw new Conflict("too_many_answers", "That is more than can be taken in");
          }
          book.answers.insert(tx, id, member.id(), tidy, book.now());
          book.audit.record(
              tx, "person", "call.answered", id.subject(), new JsonObject().put("can", tidy.can()));
          return call;
        });
  }

  /** Wipes what a volunteer wrote who is erased; that they answered still counts. */
  public void forget(Tx tx, MemberId id) {
    book.answers.forget(tx, id);
  }
}
