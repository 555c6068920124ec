package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.publications.Newsletter.State;

/** A text that may name somebody waits until it was looked at, and a changed one waits again. */
class HoldingTest {
  private final Pressroom room = new Pressroom();

  @AfterEach
  void close() {
    room.close();
  }

  private Newsletter submitted(String markdown) {
    Newsletter draft = room.rewritten(room.drafted(), markdown, room.editor);
    return room.newsletters.submit(draft.id(), room.editor);
  }

  private Newsletter approve(Newsletter issue) {
    return room.newsletters.approve(issue.id(), room.approver, Optional.empty());
  }

  private void clear(Newsletter issue, int places) {
    room.newsletters.clear(issue.id(), room.officer, issue.hash(), places);
  }

  /** In the text as it was written, and once more as it reads. */
  private static final int TWICE = 2;

  @Test
  void aTextThatNamesNobodyIsNotHeld() {
    Newsletter issue = submitted("A chemist may travel again.");
    assertThat(room.newsletters.isHeld(issue)).isFalse();
    assertThat(approve(issue).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void aHeldTextIsApprovedOnlyAfterSomebodyLooked() {
    Newsletter issue = submitted("Voldemar may travel again.");
    assertThat(issue.state()).isEqualTo(State.IN_REVIEW);
    assertThat(room.newsletters.isHeld(issue)).isTrue();
    assertThatThrownBy(() -> approve(issue)).satisfies(code("held_for_review"));
    clear(issue, TWICE);
    assertThat(room.newsletters.isHeld(issue)).isFalse();
    assertThat(approve(issue).state()).isEqualTo(State.APPROVED);
    assertThat(
            room.count(
                "SELECT count(*) FROM publications.clearance WHERE cleared_by = $1 AND found = 2",
                room.officer.value()))
        .isEqualTo(1);
  }

  @Test
  void aClearedTextThatIsEditedIsHeldAgainAndTheOldOneStaysCleared() {
    Newsletter issue = submitted("Voldemar may travel again.");
    clear(issue, TWICE);
    Newsletter edited = room.rewritten(issue, "Voldemar may travel again!", room.editor);
    Newsletter again = room.newsletters.submit(edited.id(), room.editor);
    assertThat(room.newsletters.isHeld(again)).isTrue();
    assertThatThrownBy(() -> approve(again)).satisfies(code("held_for_review"));
    Newsletter back = room.rewritten(again, "Voldemar may travel again.", room.editor);
    Newsletter third = room.newsletters.submit(back.id(), room.editor);
    assertThat(third.hash()).isEqualTo(issue.hash());
    assertThat(approve(third).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void whatIsFoundOnlyAfterTheSubmissionHoldsTheTextToo() {
    room.leaks = text -> 0;
    Newsletter issue = submitted("Voldemar may travel again.");
    assertThat(room.newsletters.isHeld(issue)).isFalse();
    room.leaks = text -> 1;
    assertThatThrownBy(() -> approve(issue)).satisfies(code("held_for_review"));
    assertThat(room.newsletters.isHeld(issue)).isTrue();
    clear(issue, 1);
    room.leaks = text -> 2;
    assertThatThrownBy(() -> approve(issue)).satisfies(code("held_for_review"));
    clear(issue, 2);
    assertThat(approve(issue).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void onlyWhatWasShownIsClearedAndNotByWhoWroteIt() {
    Newsletter issue = submitted("Voldemar may travel again.");
    assertThatThrownBy(() -> clear(issue, 1)).satisfies(code("content_changed"));
    assertThatThrownBy(() -> room.newsletters.clear(issue.id(), room.editor, issue.hash(), TWICE))
        .satisfies(code("approver_is_editor"));
    Newsletter other = submitted("Voldemar and a friend.");
    assertThatThrownBy(() -> room.newsletters.clear(issue.id(), room.officer, other.hash(), TWICE))
        .satisfies(code("content_changed"));
    clear(issue, TWICE);
    assertThatThrownBy(() -> clear(issue, TWICE)).satisfies(code("not_held"));
    room.newsletters.reject(other.id(), room.approver, "No", room.words);
    assertThatThrownBy(() -> clear(other, TWICE)).satisfies(code("not_in_review"));
  }

  @Test
  void theSubjectAndTheLineBesideItAreLookedThrough() {
    String month = room.freshMonth();
    for (Draft draft :
        List.of(
            new Draft(month, "Voldemar", "", "Nobody.", List.of("newsletter")),
            new Draft(room.freshMonth(), "News", "Voldemar", "Nobody.", List.of("newsletter")))) {
      Newsletter created = room.newsletters.create(draft, room.editor, room.words);
      Newsletter issue = room.newsletters.submit(created.id(), room.editor);
      assertThat(room.newsletters.isHeld(issue)).isTrue();
    }
  }

  @Test
  void theDatabaseApprovesNoHeldTextAndForgetsNoHold() {
    Newsletter issue = submitted("Voldemar may travel again.");
    assertThatThrownBy(
            () ->
                room.hub.hub.run(
                    "UPDATE publications.newsletter SET state = 'APPROVED' WHERE id = $1",
                    issue.id().value()))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            refused -> assertThat(refused.constraint()).isEqualTo("held_for_review"));
    for (String verb :
        List.of("DELETE FROM publications.hold", "UPDATE publications.hold SET found = 1")) {
      assertThatThrownBy(() -> room.hub.hub.run(verb)).isInstanceOf(DatabaseFailure.class);
    }
  }

  @Test
  void theAuditKnowsNumbersAndVerbsAndNoName() {
    Newsletter issue = submitted("Voldemar may travel again.");
    clear(issue, TWICE);
    String audit = room.hub.audit.latest(issue.id().subject(), Long.MAX_VALUE, 50).toString();
    assertThat(audit).contains("newsletter.held", "newsletter.cleared").doesNotContain("Voldemar");
  }
}
