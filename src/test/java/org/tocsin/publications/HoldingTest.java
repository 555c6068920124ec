package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.errors.HubException.TooMany;
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

  private Newsletter approve(Newsletter issue, int looked) {
    return room.newsletters.approve(
        issue.id(), room.approver, Optional.of(issue.hash()), Optional.of(looked));
  }

  /** In the text as it was written, and once more as it reads. */
  private static final int TWICE = 2;

  @Test
  void aTextThatNamesNobodyIsApprovedWithoutALook() {
    Newsletter issue = submitted("A chemist may travel again.");
    assertThat(approve(issue).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void aTextThatNamesSomebodyIsApprovedOnlyByWhoLooked() {
    Newsletter issue = submitted("Voldemar may travel again.");
    assertThat(issue.state()).isEqualTo(State.IN_REVIEW);
    assertThatThrownBy(() -> approve(issue)).satisfies(code("held_for_review"));
    assertThatThrownBy(() -> approve(issue, 1)).satisfies(code("held_for_review"));
    assertThat(room.newsletters.isCleared(issue, TWICE)).isFalse();
    assertThat(approve(issue, TWICE).state()).isEqualTo(State.APPROVED);
    assertThat(room.newsletters.isCleared(issue, TWICE)).isTrue();
    assertThat(
            room.count(
                "SELECT count(*) FROM publications.clearance WHERE cleared_by = $1 AND found = 2",
                room.approver.value()))
        .isEqualTo(1);
  }

  @Test
  void aChangedTextIsLookedAtAnewAndTheSameOneIsNot() {
    Newsletter issue = submitted("Voldemar may travel again.");
    Newsletter edited = room.rewritten(approve(issue, TWICE), "Voldemar may go!", room.editor);
    Newsletter again = room.newsletters.submit(edited.id(), room.editor);
    assertThatThrownBy(() -> approve(again)).satisfies(code("held_for_review"));
    Newsletter back = room.rewritten(again, "Voldemar may travel again.", room.editor);
    Newsletter third = room.newsletters.submit(back.id(), room.editor);
    assertThat(third.hash()).isEqualTo(issue.hash());
    assertThat(approve(third).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void whatTellsOfSomebodyOnlySinceTheSubmissionIsFoundToo() {
    room.leaks = text -> 0;
    Newsletter issue = submitted("Voldemar may travel again.");
    room.leaks = text -> 1;
    assertThatThrownBy(() -> approve(issue)).satisfies(code("held_for_review"));
    assertThat(approve(issue, 1).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void whoWroteItIsToldSoFirst() {
    Newsletter issue = submitted("Voldemar may travel again.");
    assertThatThrownBy(
            () ->
                room.newsletters.approve(
                    issue.id(), room.editor, Optional.of(issue.hash()), Optional.of(TWICE)))
        .satisfies(code("approver_is_editor"));
    Newsletter other = submitted("Voldemar and a friend.");
    assertThatThrownBy(
            () ->
                room.newsletters.approve(
                    issue.id(), room.approver, Optional.of(other.hash()), Optional.of(TWICE)))
        .satisfies(code("content_changed"));
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
      assertThatThrownBy(() -> approve(issue)).satisfies(code("held_for_review"));
    }
  }

  @Test
  void theDatabaseApprovesNothingThatNobodyLookedThroughAndForgetsNoLook() {
    Newsletter issue = submitted("A chemist may travel again.");
    String approve = "UPDATE publications.newsletter SET state = 'APPROVED' WHERE id = $1";
    assertThatThrownBy(() -> room.hub.hub.run(approve, issue.id().value()))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            refused -> assertThat(refused.constraint()).isEqualTo("held_for_review"));
    for (String verb :
        List.of("DELETE FROM publications.hold", "UPDATE publications.hold SET found = 1")) {
      assertThatThrownBy(() -> room.hub.hub.run(verb)).isInstanceOf(DatabaseFailure.class);
    }
  }

  /** Handing in asks nothing, so neither its answer nor its time can tell. */
  @Test
  void nothingIsLookedForWhileATextIsHandedIn() {
    room.leaks =
        text -> {
          throw new AssertionError("asked");
        };
    assertThat(submitted("Voldemar may travel again.").state()).isEqualTo(State.IN_REVIEW);
  }

  /** What every reader of the audit sees of one issue, but for its hash. */
  private List<String> audit(Newsletter issue) {
    return room.hub.audit.latest(issue.id().subject(), Long.MAX_VALUE, 50).stream()
        .map(
            entry ->
                entry.actor()
                    + " "
                    + entry.action()
                    + " "
                    + entry.detail().replaceAll("[0-9a-f]{64}|[0-9]{4}-[0-9]{2}", "…"))
        .toList();
  }

  @Test
  void theAuditOfATextThatNamesSomebodyIsThatOfAnyOther() {
    Newsletter named = submitted("Voldemar may travel again.");
    Newsletter plain = submitted("A chemist may travel again.");
    assertThat(audit(named)).isEqualTo(audit(plain)).isNotEmpty();
    assertThatThrownBy(() -> approve(named)).satisfies(code("held_for_review"));
    approve(named, TWICE);
    approve(plain);
    assertThat(audit(named)).isEqualTo(audit(plain));
    room.newsletters.reject(named.id(), room.approver, "Shorter, please", room.words);
    room.newsletters.reject(plain.id(), room.approver, "Shorter, please", room.words);
    assertThat(audit(named)).isEqualTo(audit(plain)).hasSize(5);
  }

  @Test
  void aHundredTextsADayMayBeHandedInAndNoMore() {
    Newsletter issue = room.submitted();
    room.hub.hub.run(
        """
        INSERT INTO publications.submission (newsletter, content_hash, staff, at, found)
        SELECT newsletter, content_hash, staff, at + interval '1 minute' * i, 0
        FROM publications.submission, generate_series(1, 98) i
        """);
    room.hub.clock.advance(Duration.ofHours(2));
    Newsletter last = room.submitted();
    Newsletter more = room.drafted();
    assertThatThrownBy(() -> room.newsletters.submit(more.id(), room.editor))
        .isInstanceOfSatisfying(
            TooMany.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("too_many_submissions");
              assertThat(refused.retryAfter()).hasValue(Duration.ofHours(22));
            });
    assertThat(room.newsletters.get(more.id()).state()).isEqualTo(State.DRAFT);
    room.newsletters.edit(more.id(), more.version(), more.draft(), room.officer, room.words);
    assertThat(room.newsletters.submit(more.id(), room.officer).state()).isEqualTo(State.IN_REVIEW);
    room.hub.clock.advance(Duration.ofHours(22));
    Newsletter again = room.rewritten(last, "Something else.", room.editor);
    assertThat(room.newsletters.submit(again.id(), room.editor).state()).isEqualTo(State.IN_REVIEW);
    assertThat(issue.state()).isEqualTo(State.IN_REVIEW);
  }

  private List<LeakAlarms.Alarm> alarmsFor(StaffMember reader) {
    return room.alarms.recent(reader);
  }

  private long letters() {
    return room.count("SELECT count(*) FROM engine.broadcast WHERE kind = 'leak_alarm'");
  }

  @Test
  void manyTextsThatNameSomebodyAlarmThoseWhoKeepTheHouseSafeAndNobodyElse() {
    StaffMember guard =
        room.staff.add("system", "guard@tocsin.example", "Guard", Set.of(Role.SECURITY_ADMIN));
    StaffMember auditor =
        room.staff.add("system", "audit@tocsin.example", "Audit", Set.of(Role.AUDITOR));
    for (int i = 1; i < SubmissionLooks.MANY; i++) {
      submitted("Voldemar once, and " + i);
    }
    submitted("A chemist may travel again.");
    // Looked through although the issue says something else by now.
    Newsletter last = submitted("Voldemar for the last time");
    room.rewritten(last, "A chemist may travel again.", room.editor);
    room.newsletters.submit(last.id(), room.editor);
    assertThat(letters()).isZero();
    while (room.newsletters.lookThrough()) {
      assertThat(room.count("SELECT count(*) FROM publications.hold")).isZero();
    }
    assertThat(alarmsFor(guard)).extracting(LeakAlarms.Alarm::staff).containsExactly(room.editor);
    assertThat(alarmsFor(auditor)).isEmpty();
    assertThat(letters()).isEqualTo(1);
    submitted("Voldemar again");
    while (room.newsletters.lookThrough()) {
      assertThat(letters()).as("once a day").isEqualTo(1);
    }
    assertThat(room.count("SELECT count(*) FROM publications.submission WHERE found IS NULL"))
        .isZero();
  }

  private static boolean needsCases(Permission verb) {
    return verb.needs().contains(Permission.READ_CASES);
  }

  @Test
  void whoeverApprovesReadsCases() {
    for (Permission approving :
        List.of(
            Permission.APPROVE_NEWSLETTER,
            Permission.APPROVE_ALERT,
            Permission.APPROVE_CALL,
            Permission.CLEAR_DEVELOPMENT)) {
      for (Role role : approving.roles()) {
        assertThat(Permission.READ_CASES.roles()).as(approving + " " + role).contains(role);
      }
      assertThat(approving == Permission.APPROVE_CALL || needsCases(approving))
          .as("nor has a token %s alone", approving)
          .isTrue();
    }
  }
}
