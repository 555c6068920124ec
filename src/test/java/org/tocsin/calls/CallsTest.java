package org.tocsin.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;
import static org.tocsin.testing.Refusals.fields;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.Progress;
import org.tocsin.channels.Outcome;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.platform.errors.HubException;
import org.tocsin.release.ContentHash;

/** From the draft to what was sent, and to its end: two people, one hash. */
class CallsTest {
  private final CallFixture fixture = new CallFixture();
  private final Calls calls = fixture.calls;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void twoPeopleAndAReleaseOfficerLetACallGoToTheVolunteersOfItsAreasAndNobodyElse() {
    fixture.volunteer("physician@clinic.example", "physical-evaluation", "training");
    fixture.volunteer("interpreter@clinic.example", "interpreting");
    fixture.volunteer("trainer@clinic.example", "training");
    fixture.members.suspend(
        "system", fixture.volunteer("away@clinic.example", "interpreting").id());
    fixture.somebody(Circle.CORRESPONDENT, "c@academy.example");
    Call call = fixture.created();
    assertThat(call.state()).isEqualTo(CallState.DRAFT);
    assertThat(calls.reach(call.draft())).isEqualTo(2);
    assertThat(calls.submit(call.id(), fixture.officer).state()).isEqualTo(CallState.IN_REVIEW);
    assertThat(calls.approve(call.id(), fixture.approver, Optional.empty()).state())
        .isEqualTo(CallState.APPROVED);
    Call open = calls.release(call.id(), fixture.releaser);
    assertThat(open.state()).isEqualTo(CallState.OPEN);
    fixture.engine.snapshot();
    fixture.engine.start();
    Progress mail = fixture.engine.completed(open.sent().orElseThrow().broadcast());
    assertThat(mail.lane()).isEqualTo(Lane.BULK);
    assertThat(fixture.engine.channel.arrived.keySet())
        .containsExactlyInAnyOrder("physician@clinic.example", "interpreter@clinic.example");
    assertThatThrownBy(() -> calls.release(call.id(), fixture.releaser))
        .satisfies(code("already_released"));
  }

  /** "ok", or the code of the refusal. */
  private String asked(Controls controls, BroadcastId id, BroadcastVerb verb, Role role) {
    try {
      controls.perform(
          id, verb, new StaffMember(fixture.releaser, "x@x.example", "X", Set.of(role), false));
      return "ok";
    } catch (HubException refused) {
      return refused.code();
    }
  }

  @Test
  void noVerbGoesRoundTheCallInAnyOfItsStates() {
    Controls controls =
        new Controls(
            fixture.hub.hub,
            fixture.engine.broadcasts,
            fixture.engine.standstill,
            List.of(calls.broadcastOwner()));
    Member volunteer = fixture.volunteer("v@clinic.example", "interpreting");
    Member second = fixture.volunteer("w@clinic.example", "interpreting");
    for (CallState state :
        List.of(CallState.OPEN, CallState.FILLED, CallState.CLOSED, CallState.OVER)) {
      for (BroadcastVerb verb : BroadcastVerb.values()) {
        Call call = fixture.released(fixture.created());
        BroadcastId id = call.sent().orElseThrow().broadcast();
        switch (state) {
          case FILLED -> {
            fixture.answer(volunteer, call, true);
            fixture.answer(second, call, true);
          }
          case CLOSED -> calls.close(call.id(), CloseReason.ERROR, fixture.officer);
          case OVER -> fixture.hub.clock.advance(Duration.ofDays(6));
          case DRAFT, IN_REVIEW, APPROVED, OPEN -> {}
        }
        assertThat(fixture.state(call)).isEqualTo(state);
        String expected =
            switch (verb) {
              case CANCEL -> "close_instead";
              case PAUSE -> state == CallState.CLOSED ? "not_paused" : "ok";
              case RESUME, RETRY_FAILED, RESEND_IN_DOUBT ->
                  switch (state) {
                    case CLOSED -> "call_closed";
                    case OVER -> "call_over";
                    // It runs, and nobody failed.
                    default ->
                        verb == BroadcastVerb.RESUME
                            ? "not_resumed"
                            : verb == BroadcastVerb.RETRY_FAILED ? "not_retried" : "not_resent";
                  };
            };
        assertThat(asked(controls, id, verb, Role.RELEASE_OFFICER))
            .as("%s of one that is %s", verb, state)
            .isEqualTo(expected);
        assertThat(fixture.state(call)).isEqualTo(state);
        assertThat(fixture.mail(call).cancelled()).isZero();
      }
    }
    Call call = fixture.released(fixture.created());
    BroadcastId id = call.sent().orElseThrow().broadcast();
    assertThat(asked(controls, id, BroadcastVerb.PAUSE, Role.AUDITOR)).isEqualTo("ok");
    assertThat(asked(controls, id, BroadcastVerb.RESUME, Role.NEWSLETTER_EDITOR))
        .isEqualTo("role_missing");
    assertThat(asked(controls, id, BroadcastVerb.RESUME, Role.RELEASE_OFFICER)).isEqualTo("ok");
    fixture.engine.standstill.begin(fixture.officer);
    assertThat(fixture.mail(call).halted()).isTrue();
    Call approved = fixture.approved(fixture.created());
    assertThatThrownBy(() -> calls.release(approved.id(), fixture.releaser))
        .satisfies(code("everything_held"));
  }

  @Test
  void whoeverFailedIsNotTriedAgainOnceTheCallIsClosedWhoeverAsks() {
    Controls controls =
        new Controls(
            fixture.hub.hub,
            fixture.engine.broadcasts,
            fixture.engine.standstill,
            List.of(calls.broadcastOwner()));
    fixture.volunteer("v@clinic.example", "interpreting");
    fixture.engine.channel.answer =
        address ->
            Future.succeededFuture(
                new Outcome.Refused("550 5.1.1", "nobody here", Outcome.Reason.NO_SUCH_ADDRESS));
    Call call = fixture.released(fixture.created());
    BroadcastId id = call.sent().orElseThrow().broadcast();
    fixture.engine.start();
    assertThat(fixture.engine.completed(id).failed()).isOne();
    calls.close(call.id(), CloseReason.ERROR, fixture.officer);
    for (Role role : Role.values()) {
      assertThat(asked(controls, id, BroadcastVerb.RETRY_FAILED, role))
          .as(role.word())
          .isEqualTo(role == Role.RELEASE_OFFICER ? "call_closed" : "role_missing");
    }
    assertThat(fixture.mail(call))
        .extracting(Progress::state, Progress::failed, Progress::pending)
        .containsExactly(Progress.State.STOPPED, 1, 0);
  }

  @Test
  void whatIsSentIsTheThinLetterThatAnAlertHasAndNothingOfTheCall() {
    fixture.volunteer("v@clinic.example", "interpreting");
    Call call = fixture.released(fixture.created());
    fixture.engine.start();
    fixture.engine.completed(call.sent().orElseThrow().broadcast());
    String sent =
        Objects.requireNonNull(fixture.engine.channel.contents.get("v@clinic.example"))
            .getLast()
            .encode();
    assertThat(sent)
        .contains(call.reference().text(), "{{code}}", "{{portal_url}}", "A message from")
        .doesNotContainIgnoringCase("Quellhaven")
        .doesNotContainIgnoringCase("volunteer")
        .doesNotContainIgnoringCase("evaluation")
        .doesNotContainIgnoringCase("applicant")
        .doesNotContainIgnoringCase("interpret");
  }

  @Test
  void theWriterMayNotApproveAndAnEditAfterwardsVoidsTheApproval() {
    Call call = fixture.created();
    calls.submit(call.id(), fixture.officer);
    assertThatThrownBy(() -> calls.approve(call.id(), fixture.officer, Optional.empty()))
        .satisfies(code("approver_is_editor"));
    assertThatThrownBy(
            () ->
                calls.approve(
                    call.id(), fixture.approver, Optional.of(new ContentHash("0".repeat(64)))))
        .satisfies(code("content_changed"));
    Call approved = calls.approve(call.id(), fixture.approver, Optional.empty());
    CallDraft other = fixture.draft(3, "training");
    Call edited = calls.edit(call.id(), approved.version(), other, fixture.officer, fixture.words);
    assertThat(edited.state()).isEqualTo(CallState.DRAFT);
    assertThatThrownBy(() -> calls.release(call.id(), fixture.releaser))
        .satisfies(code("not_approved"));
    assertThatThrownBy(
            () -> calls.edit(call.id(), call.version(), other, fixture.officer, fixture.words))
        .satisfies(code("version_changed"));
    assertThat(calls.get(call.id()).draft().areas()).containsExactly("training");
  }

  @Test
  void whoItAsksHowManyAndUntilWhenArePartOfWhatIsApproved() {
    CallDraft draft = fixture.draft(2, "training");
    List<CallDraft> others =
        List.of(
            draft,
            fixture.draft(3, "training"),
            fixture.draft(2, "interpreting"),
            new CallDraft(
                draft.title(),
                draft.body(),
                draft.areas(),
                draft.needed(),
                draft.answerBy().plusSeconds(60),
                draft.languages()));
    assertThat(others.stream().map(CallDraft::hash).distinct()).hasSize(4);
    Call call = fixture.created();
    FrozenCall frozen = calls.frozen(call);
    assertThat(new FrozenCall("BBBB-CCCC", frozen.draft(), frozen.letters()).hash())
        .isNotEqualTo(frozen.hash());
  }

  @Test
  void whatIsSentBackOrTakenBackIsADraftThatSaysWhy() {
    Call call = fixture.approved(fixture.created());
    Call back = calls.reject(call.id(), fixture.approver, "Say which day", fixture.words);
    assertThat(back.state()).isEqualTo(CallState.DRAFT);
    assertThat(back.returned()).isEqualTo("Say which day");
    assertThatThrownBy(() -> calls.release(call.id(), fixture.releaser))
        .satisfies(code("not_approved"));
    assertThatThrownBy(() -> calls.reject(call.id(), fixture.approver, " ", fixture.words))
        .satisfies(fields("reason"));
    assertThatThrownBy(() -> calls.reject(call.id(), fixture.approver, "No", fixture.words))
        .satisfies(code("not_in_review"));
    assertThat(calls.submit(call.id(), fixture.officer).returned()).isEmpty();
    assertThatThrownBy(() -> calls.submit(call.id(), fixture.officer))
        .satisfies(code("already_submitted"));
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    CallDraft wrong =
        new CallDraft(
            "Two\nlines",
            " ",
            List.of("newsletter"),
            0,
            fixture.hub.clock.instant(),
            List.of("not a language"));
    assertThatThrownBy(() -> calls.create(wrong, fixture.officer, fixture.words))
        .satisfies(fields("title", "body", "areas", "needed", "answer_by", "languages"));
    assertThat(calls.list(fixture.officer, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void aCallWhoseTimeHasComeIsNeitherApprovedNorReleased() {
    Call call = fixture.approved(fixture.created());
    Call late = calls.submit(fixture.created().id(), fixture.officer);
    fixture.hub.clock.advance(Duration.ofDays(6));
    assertThatThrownBy(() -> calls.release(call.id(), fixture.releaser))
        .satisfies(code("answer_by_passed"));
    assertThatThrownBy(() -> calls.approve(late.id(), fixture.approver, Optional.empty()))
        .satisfies(code("answer_by_passed"));
  }

  @Test
  void closingNeedsOnePersonAndWithholdsWhatIsUnsent() {
    for (int i = 0; i < 3; i++) {
      fixture.volunteer("v" + i + "@clinic.example", "interpreting");
    }
    Call call = fixture.released(fixture.created());
    Call closed = calls.close(call.id(), CloseReason.UNSAFE, fixture.officer);
    assertThat(closed.state()).isEqualTo(CallState.CLOSED);
    fixture.engine.start();
    assertThat(fixture.mail(call).state()).isEqualTo(Progress.State.STOPPED);
    assertThat(fixture.mail(call).withheld()).isEqualTo(3);
    assertThat(fixture.engine.channel.arrived).isEmpty();
    assertThatThrownBy(() -> calls.close(call.id(), CloseReason.ERROR, fixture.officer))
        .satisfies(code("call_closed"));
    assertThatThrownBy(
            () ->
                calls.edit(
                    call.id(),
                    closed.version(),
                    fixture.draft(1, "training"),
                    fixture.officer,
                    fixture.words))
        .satisfies(code("call_closed"));
    Call never = calls.close(fixture.created().id(), CloseReason.NOT_NEEDED, fixture.approver);
    assertThatThrownBy(() -> calls.submit(never.id(), fixture.officer))
        .satisfies(code("call_closed"));
  }

  @Test
  void whatItsStateIsFollowsFromTheAnswersAndTheClock() {
    Member one = fixture.volunteer("one@clinic.example", "interpreting");
    Member two = fixture.volunteer("two@clinic.example", "interpreting");
    fixture.volunteer("three@clinic.example", "interpreting");
    Call call = fixture.released(fixture.created());
    fixture.engine.start();
    fixture.engine.completed(call.sent().orElseThrow().broadcast());
    assertThat(calls.tally(calls.get(call.id()))).isEqualTo(new Calls.Tally(0, 0, 3));
    fixture.answer(one, call, true);
    assertThat(fixture.state(call)).isEqualTo(CallState.OPEN);
    fixture.answer(two, call, true);
    assertThat(fixture.state(call)).isEqualTo(CallState.FILLED);
    fixture.answer(one, call, false);
    assertThat(fixture.state(call)).isEqualTo(CallState.OPEN);
    assertThat(calls.tally(calls.get(call.id()))).isEqualTo(new Calls.Tally(1, 1, 1));
    fixture.hub.clock.advance(Duration.ofDays(5));
    assertThat(fixture.state(call)).isEqualTo(CallState.OVER);
  }

  @Test
  void theAuditTellsWhatWasDoneInNumbersAndVerbsAndNoWordOfIt() {
    Member member = fixture.volunteer("v@clinic.example", "interpreting");
    Call call = fixture.released(fixture.created());
    fixture.answer(member, call, true);
    assertThat(calls.openAnswers(call.id(), fixture.officer))
        .extracting(Answer::note)
        .containsExactly("By train");
    calls.close(call.id(), CloseReason.FOUND, fixture.approver);
    var entries = fixture.hub.audit.latest(call.id().subject(), Long.MAX_VALUE, 50).reversed();
    assertThat(entries.stream().map(entry -> entry.actor() + " " + entry.action()))
        .containsExactly(
            fixture.officer.actor() + " call.created",
            fixture.officer.actor() + " call.submitted",
            fixture.approver.actor() + " call.approved",
            fixture.releaser.actor() + " call.released",
            "person call.answered",
            fixture.officer.actor() + " call.answers_opened",
            fixture.approver.actor() + " call.closed");
    assertThat(entries.toString())
        .doesNotContain("Quellhaven", "By train", "Mondays", "clinic", call.reference().text());
  }
}
