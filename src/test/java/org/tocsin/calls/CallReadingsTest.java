package org.tocsin.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;
import static org.tocsin.testing.Refusals.fields;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.cases.Reference;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberChoices;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.errors.HubException.NotFound;

/** What a volunteer behind the portal's door may read, and what is taken as an answer. */
class CallReadingsTest {
  private final CallFixture fixture = new CallFixture();
  private final CallReadings readings = fixture.readings;
  private final Member vera = fixture.volunteer("vera@clinic.example", "interpreting");

  @AfterEach
  void close() {
    fixture.close();
  }

  private CallReading read(Member member, Call call) {
    return readings.get(member, call.reference());
  }

  private boolean shows(Member member, Call call) {
    return read(member, call).words().isPresent();
  }

  @Test
  void onlyVolunteersOfItsAreasLearnThatThereIsACallAndNobodyBeforeItsRelease() {
    Member trainer = fixture.volunteer("trainer@clinic.example", "training");
    Member correspondent = fixture.somebody(Circle.CORRESPONDENT, "c@academy.example");
    Member contact = fixture.somebody(Circle.NETWORK, "n@academy.example");
    Member drill = fixture.somebody(Circle.DRILL, "d@hub.example");
    Call call = fixture.approved(fixture.created());
    assertThat(readings.of(vera)).isEmpty();
    fixture.calls.release(call.id(), fixture.releaser);
    assertThat(read(vera, call).words()).hasValue(call.draft());
    for (Member other : List.of(trainer, correspondent, contact, drill)) {
      assertThat(readings.of(other)).isEmpty();
      assertThatThrownBy(() -> read(other, call)).isInstanceOf(NotFound.class);
      assertThatThrownBy(() -> fixture.answer(other, call, true)).isInstanceOf(NotFound.class);
    }
    assertThatThrownBy(() -> readings.get(vera, new Reference("BBBB-CCCC")))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void theWordsOfSomebodyWhoIsErasedAreWipedAndTheAnswerCounts() {
    Call call = fixture.released(fixture.created());
    readings.answer(
        vera, call.reference(), new AnswerDraft(false, "I am Vera", "Monday"), fixture.words);
    fixture.hub.hub.inTransaction(tx -> readings.forget(tx, vera.id()));
    assertThat(read(vera, call).own().orElseThrow())
        .extracting(Answer::can, Answer::note, Answer::days)
        .containsExactly(false, "", "");
  }

  @Test
  void anAnswerMayBeChangedUntilTheCallIsOverAndTheLastOneCounts() {
    Call call = fixture.released(fixture.created());
    fixture.answer(vera, call, false);
    readings.answer(
        vera, call.reference(), new AnswerDraft(true, " From noon ", ""), fixture.words);
    assertThat(read(vera, call).own().orElseThrow())
        .extracting(Answer::can, Answer::note, Answer::days)
        .containsExactly(true, "From noon", "");
    fixture.hub.clock.advance(Duration.ofDays(5));
    assertThatThrownBy(() -> fixture.answer(vera, call, false)).satisfies(code("call_over"));
    assertThat(read(vera, call).saidYes()).isTrue();
  }

  @Test
  void aFullCallTakesNoNewYesUntilSomebodyTakesTheirsBack() {
    Member two = fixture.volunteer("two@clinic.example", "interpreting");
    Member three = fixture.volunteer("three@clinic.example", "interpreting");
    Call call = fixture.released(fixture.created());
    fixture.answer(vera, call, true);
    fixture.answer(two, call, true);
    assertThatThrownBy(() -> fixture.answer(three, call, true)).satisfies(code("call_filled"));
    fixture.answer(three, call, false);
    // A yes that stands may be said again, with another note.
    fixture.answer(vera, call, true);
    assertThat(read(three, call).takesYes()).isFalse();
    assertThat(read(vera, call).takesYes()).isTrue();
    fixture.answer(two, call, false);
    fixture.answer(three, call, true);
    assertThat(fixture.state(call)).isEqualTo(CallState.FILLED);
  }

  @Test
  void theYesOfSomebodyWhoIsNoMemberAnyMoreDoesNotCount() {
    Member two = fixture.volunteer("two@clinic.example", "interpreting");
    Call call = fixture.released(fixture.created());
    fixture.answer(vera, call, true);
    fixture.answer(two, call, true);
    assertThat(fixture.state(call)).isEqualTo(CallState.FILLED);
    fixture.members.end("system", two.id());
    assertThat(fixture.state(call)).isEqualTo(CallState.OPEN);
    assertThat(fixture.calls.tally(fixture.calls.get(call.id())).can()).isEqualTo(1);
  }

  @Test
  void ofManyWhoSayYesAtOnceOnlyAsManyAsAreNeededAreTaken() throws Exception {
    List<Member> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(fixture.volunteer("many" + i + "@clinic.example", "interpreting"));
    }
    Call call = fixture.released(fixture.created());
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> results = new ArrayList<>();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Member one : many) {
        results.add(
            crowd.submit(
                () -> {
                  start.await();
                  try {
                    fixture.answer(one, call, true);
                    return "taken";
                  } catch (HubException refused) {
                    return refused.code();
                  }
                }));
      }
      start.countDown();
    }
    List<String> said = new ArrayList<>();
    for (Future<String> result : results) {
      said.add(result.get());
    }
    assertThat(said.stream().filter("taken"::equals)).hasSize(2);
    assertThat(said.stream().filter("call_filled"::equals)).hasSize(6);
  }

  @Test
  void onceItAsksForNothingOnlyThoseWhoSaidYesStillReadItAndNobodyReadsOneThatEndedBadly() {
    Member two = fixture.volunteer("two@clinic.example", "interpreting");
    Member idle = fixture.volunteer("idle@clinic.example", "interpreting");
    Call call = fixture.released(fixture.created());
    fixture.answer(vera, call, true);
    fixture.answer(two, call, true);
    assertThat(shows(vera, call)).isTrue();
    assertThat(shows(idle, call)).isFalse();
    fixture.hub.clock.advance(Duration.ofDays(5));
    assertThat(read(idle, call).state()).isEqualTo(CallState.OVER);
    assertThat(shows(vera, call)).isTrue();
    assertThat(shows(idle, call)).isFalse();
    fixture.calls.close(call.id(), CloseReason.FOUND, fixture.officer);
    assertThat(shows(vera, call)).isTrue();

    Call unsafe = fixture.released(fixture.created());
    fixture.answer(vera, unsafe, true);
    fixture.calls.close(unsafe.id(), CloseReason.UNSAFE, fixture.officer);
    assertThat(shows(vera, unsafe)).isFalse();
    assertThatThrownBy(() -> fixture.answer(vera, unsafe, false)).satisfies(code("call_over"));
  }

  @Test
  void whoLeavesAnAreaKeepsTheCallsThatTheyAnsweredAndNoOthers() {
    Call answered = fixture.released(fixture.created());
    Call other = fixture.released(fixture.created());
    fixture.answer(vera, answered, true);
    new MemberChoices(fixture.hub.hub, fixture.vault, fixture.hub.audit)
        .set(vera.id(), vera.wishes(), "en", List.of("training"));
    Member moved = fixture.members.look(vera.id()).member();
    assertThat(readings.of(moved)).extracting(CallReading::id).containsExactly(answered.id());
    assertThatThrownBy(() -> read(moved, other)).isInstanceOf(NotFound.class);
  }

  @Test
  void whatIsTooLongIsNamedAndNothingIsTaken() {
    Call call = fixture.released(fixture.created());
    AnswerDraft wrong = new AnswerDraft(true, "x".repeat(2_001), "y".repeat(401));
    assertThatThrownBy(() -> readings.answer(vera, call.reference(), wrong, fixture.words))
        .satisfies(fields("note", "days"));
    assertThat(read(vera, call).own()).isEmpty();
  }
}
