package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.publications.Pressroom.draft;
import static org.tocsin.testing.Refusals.code;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.AuditEntry;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.Progress;
import org.tocsin.channels.email.MailContent;
import org.tocsin.channels.email.Template;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.errors.HubException;
import org.tocsin.publications.Newsletter.State;

class NewslettersTest {
  private static final Pressroom room = new Pressroom();

  @AfterAll
  static void close() {
    room.close();
  }

  @Test
  void anIssueGoesFromDraftToTheArchive() {
    Newsletter drafted = room.drafted();
    assertThat(drafted.state()).isEqualTo(State.DRAFT);
    Newsletter submitted = room.newsletters.submit(drafted.id(), room.editor);
    assertThat(submitted.state()).isEqualTo(State.IN_REVIEW);
    Newsletter approved =
        room.newsletters.approve(drafted.id(), room.approver, Optional.of(submitted.hash()));
    assertThat(approved.state()).isEqualTo(State.APPROVED);
    Released released = room.newsletters.release(drafted.id(), room.officer, Optional.empty());
    assertThat(released.newsletter().state()).isEqualTo(State.PUBLISHED);
    assertThat(room.archive.find(drafted.draft().month()))
        .get()
        .isInstanceOf(Issue.Published.class);
    assertThat(room.newsletters.get(drafted.id()).hash()).isEqualTo(submitted.hash());
  }

  @Test
  void whileEverythingIsOnHoldNobodyEndsWhatStandsStillForGood() {
    Released released = scheduled();
    room.standstill.begin(room.officer);
    for (BroadcastVerb verb : BroadcastVerb.values()) {
      assertThat(asked(released.email(), verb, Role.NEWSLETTER_EDITOR))
          .as(verb.name())
          .isEqualTo(verb == BroadcastVerb.PAUSE ? "ok" : "everything_held");
    }
    room.standstill.end(room.officer);
    room.standstill.end(room.approver);
    assertThat(asked(released.email(), BroadcastVerb.CANCEL, Role.NEWSLETTER_EDITOR))
        .isEqualTo("ok");
    room.newsletters.withdraw(released.newsletter().id(), room.officer);
  }

  /** "ok", or the code of the refusal. */
  private static String asked(BroadcastId id, BroadcastVerb verb, Role role) {
    try {
      new Controls(
              room.hub.hub,
              room.broadcasts,
              room.standstill,
              List.of(room.newsletters.broadcastOwner()))
          .perform(
              id, verb, new StaffMember(room.officer, "x@x.example", "X", Set.of(role), false));
      return "ok";
    } catch (HubException refused) {
      return refused.code();
    }
  }

  @Test
  void noVerbGoesRoundTheIssueInAnyOfItsStates() {
    for (State state : List.of(State.PUBLISHED, State.SCHEDULED, State.WITHDRAWN)) {
      for (BroadcastVerb verb : BroadcastVerb.values()) {
        Released released = state == State.SCHEDULED ? scheduled() : room.published();
        if (state == State.WITHDRAWN) {
          room.newsletters.withdraw(released.newsletter().id(), room.officer);
        }
        boolean gone = state == State.WITHDRAWN;
        String expected =
            switch (verb) {
              case PAUSE -> gone ? "not_paused" : "ok";
              case CANCEL -> gone ? "not_cancelled" : "ok";
              case RESUME -> gone ? "already_withdrawn" : "not_resumed";
              case RETRY_FAILED -> gone ? "already_withdrawn" : "not_retried";
              case RESEND_IN_DOUBT -> gone ? "already_withdrawn" : "not_resent";
            };
        assertThat(asked(released.email(), verb, Role.NEWSLETTER_EDITOR))
            .as("%s of one that is %s", verb, state)
            .isEqualTo(expected);
      }
    }
    BroadcastId id = room.published().email();
    for (Role role :
        EnumSet.complementOf(EnumSet.of(Role.NEWSLETTER_EDITOR, Role.RELEASE_OFFICER))) {
      assertThat(asked(id, BroadcastVerb.CANCEL, role)).isEqualTo("role_missing");
      assertThat(asked(id, BroadcastVerb.RESUME, role)).isEqualTo("role_missing");
    }
    assertThat(asked(id, BroadcastVerb.PAUSE, Role.AUDITOR)).isEqualTo("ok");
  }

  @Test
  void aWithdrawnIssueThatWasSentIsNotTriedAgain() {
    Released released = room.published();
    room.hub.hub.run(
        "UPDATE engine.broadcast SET state = 'COMPLETED', finished_at = clock_timestamp() WHERE id"
            + " = $1",
        released.email().value());
    room.newsletters.withdraw(released.newsletter().id(), room.officer);
    assertThat(asked(released.email(), BroadcastVerb.RETRY_FAILED, Role.RELEASE_OFFICER))
        .isEqualTo("already_withdrawn");
  }

  @Test
  void everyStepIsAuditedWithoutAWordOfTheText() {
    Released released = room.published();
    List<AuditEntry> entries =
        room.hub.audit.latest(released.newsletter().id().subject(), Long.MAX_VALUE, 10).reversed();
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly(
            "newsletter.created",
            "newsletter.submitted",
            "newsletter.approved",
            "newsletter.released");
    assertThat(entries)
        .extracting(AuditEntry::actor)
        .containsExactly(
            room.editor.actor(), room.editor.actor(), room.approver.actor(), room.officer.actor());
    assertThat(entries).noneMatch(entry -> entry.detail().contains("Letter"));
    assertThat(room.hub.audit.verify().broken()).isEmpty();
  }

  @Test
  void aMonthHasOneIssue() {
    Newsletter first = room.drafted();
    Newsletter second = room.drafted();
    for (HubException.Invalid invalid :
        new HubException.Invalid[] {
          refused(
              () -> room.newsletters.create(draft(first.draft().month()), room.editor, room.words)),
          refused(
              () ->
                  room.newsletters.edit(
                      second.id(),
                      second.version(),
                      draft(first.draft().month()),
                      room.editor,
                      room.words))
        }) {
      assertThat(invalid.fields()).extracting(HubException.Field::name).containsExactly("month");
    }
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() {
    long before = room.count("SELECT count(*) FROM release.edit");
    Newsletter issue = room.drafted();
    refused(() -> room.newsletters.create(draft(issue.draft().month()), room.editor, room.words));
    assertThat(room.count("SELECT count(*) FROM release.edit")).isEqualTo(before + 1);
  }

  @Test
  void whoWroteAtItIsToldSoBeforeAnythingElse() {
    Newsletter draft = room.drafted();
    assertThatThrownBy(() -> room.newsletters.approve(draft.id(), room.editor, Optional.empty()))
        .satisfies(code("approver_is_editor"));
    assertThatThrownBy(() -> room.newsletters.approve(draft.id(), room.approver, Optional.empty()))
        .satisfies(code("not_in_review"));
    Newsletter submitted = room.submitted();
    assertThatThrownBy(
            () -> room.newsletters.approve(submitted.id(), room.editor, Optional.empty()))
        .isInstanceOf(HubException.Forbidden.class)
        .satisfies(code("approver_is_editor"));
  }

  @Test
  void whoHandedItInHasWrittenAtIt() {
    Newsletter draft = room.drafted();
    room.newsletters.submit(draft.id(), room.officer);
    assertThatThrownBy(() -> room.newsletters.approve(draft.id(), room.officer, Optional.empty()))
        .satisfies(code("approver_is_editor"));
  }

  @Test
  void onlyWhatIsApprovedIsReleased() {
    for (Newsletter issue : List.of(room.drafted(), room.submitted())) {
      assertThatThrownBy(() -> room.newsletters.release(issue.id(), room.officer, Optional.empty()))
          .satisfies(code("not_approved"));
    }
  }

  @Test
  void anEditAfterApprovalMakesADraftThatMustBeApprovedAnew() {
    Newsletter approved = room.approved();
    String words = approved.draft().markdown();
    Newsletter edited = room.rewritten(approved, words + " More.", room.editor);
    assertThat(edited.state()).isEqualTo(State.DRAFT);
    Newsletter restored = room.rewritten(edited, words, room.editor);
    assertThat(restored.draft()).isEqualTo(approved.draft());
    assertThatThrownBy(
            () -> room.newsletters.release(approved.id(), room.officer, Optional.empty()))
        .satisfies(code("content_changed"));
    room.newsletters.submit(approved.id(), room.editor);
    assertThatThrownBy(
            () -> room.newsletters.release(approved.id(), room.officer, Optional.empty()))
        .isInstanceOf(HubException.Conflict.class);
    room.newsletters.approve(approved.id(), room.approver, Optional.empty());
    room.newsletters.release(approved.id(), room.officer, Optional.empty());
  }

  @Test
  void anApproverWhoMendedACommaIsAnEditor() {
    Newsletter submitted = room.submitted();
    room.rewritten(submitted, submitted.draft().markdown() + ",", room.approver);
    room.newsletters.submit(submitted.id(), room.editor);
    assertThatThrownBy(
            () -> room.newsletters.approve(submitted.id(), room.approver, Optional.empty()))
        .satisfies(code("approver_is_editor"));
  }

  @Test
  void savingTheSameWordsChangesNothing() {
    Newsletter approved = room.approved();
    assertThat(room.rewritten(approved, approved.draft().markdown(), room.editor))
        .isEqualTo(approved);
  }

  @Test
  void anEditOfAnOlderVersionOverwritesNothing() {
    Newsletter draft = room.drafted();
    room.rewritten(draft, "first", room.editor);
    assertThatThrownBy(() -> room.rewritten(draft, "second", room.officer))
        .satisfies(code("version_changed"));
    assertThat(room.newsletters.get(draft.id()).draft().markdown()).isEqualTo("first");
  }

  @Test
  void theApproverSaysYesToWhatWasReadAndNothingElse() {
    Newsletter submitted = room.submitted();
    Newsletter edited = room.rewritten(submitted, "quite another text", room.editor);
    Newsletter again = room.newsletters.submit(edited.id(), room.editor);
    assertThatThrownBy(
            () ->
                room.newsletters.approve(again.id(), room.approver, Optional.of(submitted.hash())))
        .satisfies(code("content_changed"));
    assertThat(room.newsletters.get(again.id()).state()).isEqualTo(State.IN_REVIEW);
  }

  @Test
  void theReviewerSendsItBackWithAReason() {
    Newsletter submitted = room.submitted();
    Newsletter returned =
        room.newsletters.reject(submitted.id(), room.approver, " The date is wrong. ", room.words);
    assertThat(returned.state()).isEqualTo(State.DRAFT);
    assertThat(returned.returned()).isEqualTo("The date is wrong.");
    assertThat(room.newsletters.submit(returned.id(), room.editor).returned()).isEmpty();
    assertThatThrownBy(
            () ->
                room.newsletters.reject(
                    returned.id(), room.approver, "x".repeat(2_001), room.words))
        .isInstanceOf(HubException.Invalid.class);
  }

  @Test
  void anApprovalTakenBackReleasesNothing() {
    Newsletter approved = room.approved();
    room.newsletters.reject(approved.id(), room.officer, "Wait.", room.words);
    assertThatThrownBy(
            () -> room.newsletters.release(approved.id(), room.officer, Optional.empty()))
        .satisfies(code("not_approved"));
    Newsletter again = room.newsletters.submit(approved.id(), room.editor);
    room.newsletters.approve(again.id(), room.approver, Optional.empty());
    room.newsletters.release(again.id(), room.officer, Optional.empty());
  }

  @Test
  void whatWasApprovedIsByteForByteWhatIsSent() {
    Newsletter approved = room.approved();
    Pressed pressed = room.newsletters.pressed(approved.id());
    Released released = room.newsletters.release(approved.id(), room.officer, Optional.empty());
    assertThat(room.content(released.email().value()))
        .containsOnlyKeys(room.languages.tags())
        .allSatisfy(
            (language, body) ->
                assertThat(MailContent.fromJson(body)).isEqualTo(pressed.letters().get(language)));
    Issue.Published issue =
        (Issue.Published) room.archive.find(approved.draft().month()).orElseThrow();
    assertThat(issue.html()).isEqualTo(pressed.page().html()).contains("<strong>Norvania</strong>");
    assertThat(issue.text()).isEqualTo(pressed.page().text());
    assertThat(pressed.hash(approved.draft())).isEqualTo(approved.hash());
  }

  private static Template more(Template words) {
    return Template.words(words.spelled() + " ");
  }

  @Test
  void oneChangedByteOfALetterChangesTheHash() {
    Newsletter submitted = room.submitted();
    Pressed pressed = room.newsletters.pressed(submitted.id());
    MailContent letter = pressed.letters().firstEntry().getValue();
    for (MailContent other :
        List.of(
            new MailContent(more(letter.subject()), letter.text(), letter.html(), letter.headers()),
            new MailContent(letter.subject(), more(letter.text()), letter.html(), letter.headers()),
            new MailContent(letter.subject(), letter.text(), more(letter.html()), letter.headers()),
            new MailContent(
                letter.subject(),
                letter.text(),
                letter.html(),
                java.util.Map.of("X-More", Template.words("1"))))) {
      var letters = new java.util.TreeMap<>(pressed.letters());
      letters.put("en", other);
      assertThat(new Pressed(pressed.page(), letters).hash(submitted.draft()))
          .isNotEqualTo(submitted.hash());
    }
  }

  @Test
  void frozenLettersCannotBeRewrittenUnderAReview() {
    Newsletter submitted = room.submitted();
    for (String sql :
        List.of(
            "UPDATE publications.pressed_newsletter SET form = 'letter.xx' WHERE newsletter = $1",
            "DELETE FROM publications.pressed_newsletter WHERE newsletter = $1",
            "INSERT INTO publications.pressed_newsletter VALUES ($1, 'letter.xx', '')")) {
      assertThatThrownBy(() -> room.hub.hub.run(sql, submitted.id().value()))
          .isInstanceOfSatisfying(
              ConstraintViolated.class,
              broken -> assertThat(broken.constraint()).isEqualTo("pressed_is_frozen"));
    }
  }

  @Test
  void aTextChangedPastTheDeskIsNotReleased() {
    Newsletter approved = room.approved();
    Newsletter other = room.drafted();
    room.hub.hub.run(
        """
        UPDATE publications.newsletter SET words_sealed = (SELECT words_sealed FROM publications.newsletter WHERE id = $2)
        WHERE id = $1
        """,
        approved.id().value(),
        other.id().value());
    assertThatThrownBy(
            () -> room.newsletters.release(approved.id(), room.officer, Optional.empty()))
        .satisfies(code("content_changed"));
  }

  @Test
  void aLetterChangedPastTheDeskIsNotReleased() {
    Newsletter approved = room.approved();
    Newsletter other = room.submitted();
    room.hub.hub.run(
        """
        UPDATE publications.pressed_newsletter p SET content_sealed = o.content_sealed
        FROM publications.pressed_newsletter o WHERE p.newsletter = $1 AND o.newsletter = $2 AND o.form = p.form
        """,
        approved.id().value(),
        other.id().value());
    assertThatThrownBy(
            () -> room.newsletters.release(approved.id(), room.officer, Optional.empty()))
        .satisfies(code("content_changed"));
  }

  @Test
  void aReleaseSaysWhereItGoes() {
    Released released = room.published();
    Newsletter issue = released.newsletter();
    Progress email = room.broadcasts.find(released.email()).orElseThrow();
    Progress webhook = room.broadcasts.find(released.webhook()).orElseThrow();
    assertThat(email.channel()).isEqualTo("email");
    assertThat(webhook.channel()).isEqualTo("webhook");
    assertThat(email.release()).hasValue(released.release().value());
    assertThat(webhook.release()).hasValue(released.release().value());
    JsonObject audience =
        room.hub.hub.get(
            "SELECT audience FROM release.release WHERE id = $1",
            row -> row.getJsonObject("audience"),
            released.release().value());
    assertThat(audience.fieldNames()).containsExactlyInAnyOrder("email", "webhook", "archive");
    assertThat(audience.getJsonObject("email").getJsonObject("selection"))
        .isEqualTo(new JsonObject().put("topics", new JsonArray(issue.draft().topics())));
    JsonObject event =
        room.hub.hub.get(
            "SELECT body FROM network.event WHERE release = $1",
            row -> row.getJsonObject("body"),
            released.release().value());
    assertThat(event.encode())
        .contains("https://news.example/newsletters/" + issue.draft().month())
        .contains(issue.draft().subject());
  }

  @Test
  void aReleaseForLaterWaitsOnEveryChannel() {
    Instant later = room.hub.clock.instant().plus(Duration.ofHours(20));
    Released released =
        room.newsletters.release(room.approved().id(), room.officer, Optional.of(later));
    assertThat(released.visibleAt()).isEqualTo(later);
    assertThat(released.newsletter().state()).isEqualTo(State.SCHEDULED);
    for (Progress progress : room.broadcasts.ofRelease(released.release().value())) {
      assertThat(progress.notBefore()).isEqualTo(later);
    }
    assertThat(room.archive.find(released.newsletter().draft().month())).isEmpty();
    room.hub.clock.advance(Duration.ofHours(20));
    assertThat(room.newsletters.get(released.newsletter().id()).state()).isEqualTo(State.SCHEDULED);
    assertThat(room.newsletters.publishDue()).isTrue();
    assertThat(room.newsletters.publishDue()).isFalse();
    assertThat(room.newsletters.get(released.newsletter().id()).state()).isEqualTo(State.PUBLISHED);
    assertThat(room.archive.find(released.newsletter().draft().month())).isPresent();
  }

  /** The moment between its time and the duty that shows it: a letter is under way. */
  @Test
  void whatIsWithdrawnAtTheVeryMomentLeavesATombstoneToo() {
    Instant later = room.hub.clock.instant().plus(Duration.ofHours(2));
    Released released =
        room.newsletters.release(room.approved().id(), room.officer, Optional.of(later));
    room.hub.hub.run(
        """
        INSERT INTO engine.segment (broadcast, no, lane, channel, size, upto, sent_hi)
        VALUES ($1, 1, 2, 'email', 1, 1, 1)
        """,
        released.email().value());
    room.hub.hub.run(
        "INSERT INTO engine.recipient (broadcast, segment, ord, target) VALUES ($1, 1, 1, 1)",
        released.email().value());
    room.hub.clock.advance(Duration.ofHours(3));
    room.newsletters.withdraw(released.newsletter().id(), room.officer);
    assertThat(room.newsletters.publishDue()).isFalse();
    assertThat(room.archive.find(released.newsletter().draft().month()))
        .hasValueSatisfying(issue -> assertThat(issue).isInstanceOf(Issue.Tombstone.class));
  }

  @Test
  void whatComesDueWhileEverythingIsOnHoldAppearsAfterwards() {
    List<Released> due = List.of(scheduled(), scheduled());
    Newsletter approved = room.approved();
    room.standstill.begin(room.officer);
    room.hub.clock.advance(Duration.ofDays(2));
    room.newsletters.publishDue();
    assertThat(due).noneMatch(one -> isShown(one.newsletter()));
    assertThat(room.newsletters.get(due.getLast().newsletter().id()).state())
        .isEqualTo(State.SCHEDULED);
    assertThatThrownBy(() -> room.newsletters.archive(approved.id(), room.officer, Instant.EPOCH))
        .satisfies(code("everything_held"));

    Newsletter takenBack =
        room.newsletters.withdraw(due.getFirst().newsletter().id(), room.officer);
    assertThat(takenBack.state()).isEqualTo(State.DRAFT);

    room.standstill.end(room.officer);
    room.standstill.end(room.approver);
    room.newsletters.publishDue();
    assertThat(isShown(due.getLast().newsletter())).isTrue();
    assertThat(isShown(takenBack)).isFalse();
  }

  private Released scheduled() {
    return room.newsletters.release(
        room.approved().id(),
        room.officer,
        Optional.of(room.hub.clock.instant().plus(Duration.ofDays(1))));
  }

  private boolean isShown(Newsletter issue) {
    return room.archive.find(issue.draft().month()).isPresent();
  }

  @Test
  void aReleaseInADistantYearIsAMistake() {
    Newsletter approved = room.approved();
    HubException.Invalid invalid =
        refused(
            () ->
                room.newsletters.release(
                    approved.id(),
                    room.officer,
                    Optional.of(room.hub.clock.instant().plus(Duration.ofDays(4_000)))));
    assertThat(invalid.fields()).extracting(HubException.Field::name).containsExactly("not_before");
  }

  @Test
  void nothingIsReleasedTwice() {
    Released released = room.published();
    NewsletterId id = released.newsletter().id();
    assertThatThrownBy(() -> room.newsletters.release(id, room.officer, Optional.empty()))
        .satisfies(code("already_released"));
    assertThatThrownBy(() -> room.rewritten(room.newsletters.get(id), "late", room.editor))
        .satisfies(code("already_released"));
    assertThatThrownBy(() -> room.newsletters.submit(id, room.editor))
        .satisfies(code("already_released"));
    assertThatThrownBy(() -> room.newsletters.reject(id, room.approver, "", room.words))
        .satisfies(code("already_released"));
  }

  @Test
  void twoWhoReleaseAtOnceMakeOneRelease() throws Exception {
    Newsletter approved = room.approved();
    Callable<Released> once =
        () -> room.newsletters.release(approved.id(), room.officer, Optional.empty());
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Released> attempt : threads.invokeAll(List.of(once, once, once, once))) {
        try {
          attempt.get();
          done++;
        } catch (java.util.concurrent.ExecutionException refused) {
          assertThat(refused.getCause()).satisfies(code("already_released"));
        }
      }
    }
    assertThat(done).isEqualTo(1);
    assertThat(
            room.count(
                "SELECT count(*) FROM engine.broadcast b JOIN release.release r ON r.id = b.release"
                    + " WHERE r.subject = $1",
                approved.id().subject()))
        .isEqualTo(2);
  }

  @Test
  void aBroadcastGoesNowhereButWhereTheReleaseSaid() {
    Released released = room.published();
    String insert =
        """
        INSERT INTO engine.broadcast (release, channel, lane, kind, title, audience, selection,
          in_doubt_policy, not_before, expires_at)
        SELECT release, $2, 2, kind, title, audience, $3, 'LIST', not_before - make_interval(hours => $4), expires_at
        FROM engine.broadcast WHERE id = $1
        """;
    JsonObject selection = Distribution.selection(released.newsletter().draft());
    JsonObject wider = new JsonObject().put("topics", new JsonArray().add("torture"));
    long archived = archivedOnly().release().orElseThrow().value();
    room.hub.hub.run(insert, released.email().value(), "email", selection, 0);
    for (ThrowingCallable forged :
        List.<ThrowingCallable>of(
            () -> room.hub.hub.run(insert, released.email().value(), "email", wider, 0),
            () -> room.hub.hub.run(insert, released.email().value(), "email", selection, 1),
            () ->
                room.hub.hub.run(
                    "UPDATE engine.broadcast SET release = $2 WHERE id = $1",
                    released.email().value(),
                    archived),
            () ->
                room.hub.courier.run(
                    "UPDATE engine.broadcast SET selection = $2 WHERE id = $1",
                    released.email().value(),
                    wider))) {
      assertThatThrownBy(forged)
          .isInstanceOfSatisfying(
              ConstraintViolated.class,
              broken -> assertThat(broken.constraint()).isEqualTo("as_released"));
    }
  }

  @Test
  void anArchivedIssueIsSentToNobody() {
    Newsletter archived = archivedOnly();
    assertThat(archived.state()).isEqualTo(State.PUBLISHED);
    assertThat(room.archive.find(archived.draft().month())).isPresent();
    room.newsletters.withdraw(archived.id(), room.officer);
    assertThat(room.broadcasts.ofRelease(archived.release().orElseThrow().value())).isEmpty();
  }

  private static Newsletter archivedOnly() {
    return room.newsletters.archive(
        room.approved().id(), room.officer, room.hub.clock.instant().minus(Duration.ofDays(99)));
  }

  @Test
  void whatWasTakenBackInTimeWasNeverPublicAndMayBeMended() {
    Instant later = room.hub.clock.instant().plus(Duration.ofHours(2));
    Released released =
        room.newsletters.release(room.approved().id(), room.officer, Optional.of(later));
    Newsletter back = room.newsletters.withdraw(released.newsletter().id(), room.approver);
    assertThat(back.state()).isEqualTo(State.DRAFT);
    assertThat(room.broadcasts.ofRelease(released.release().value()))
        .hasSize(2)
        .allMatch(progress -> progress.state() == Progress.State.CANCELLED);
    assertThat(
            room.count(
                "SELECT count(*) FROM publications.published_newsletter WHERE month = $1",
                back.draft().month()))
        .isZero();
    assertThat(
            room.count(
                "SELECT count(*) FROM network.event WHERE release = $1",
                released.release().value()))
        .isZero();

    Newsletter mended = room.rewritten(back, "A better text.", room.editor);
    room.newsletters.submit(mended.id(), room.editor);
    room.newsletters.approve(mended.id(), room.approver, Optional.empty());
    Released again = room.newsletters.release(mended.id(), room.officer, Optional.empty());
    assertThat(again.release()).isNotEqualTo(released.release());
    assertThat(room.archive.find(mended.draft().month())).isPresent();
  }

  @Test
  void whatIsWithdrawnLeavesATombstoneAndNoWord() {
    Released released = room.published();
    Newsletter issue = released.newsletter();
    String month = issue.draft().month();
    room.hub.clock.advance(Duration.ofHours(1));
    Newsletter withdrawn = room.newsletters.withdraw(issue.id(), room.officer);
    assertThat(withdrawn.state()).isEqualTo(State.WITHDRAWN);
    assertThat(room.archive.find(month))
        .hasValue(new Issue.Tombstone(month, released.visibleAt(), room.hub.clock.instant()));
    assertThat(room.archive.list(Optional.empty(), 200).items())
        .extracting(Issue::month)
        .doesNotContain(month);
    assertThat(room.archive.search(month)).isEmpty();
    assertThat(
            room.count(
                "SELECT count(*) FROM publications.published_newsletter p "
                    + "WHERE month = $1 AND to_jsonb(p)::text LIKE '%Letter%'",
                month))
        .isZero();
    assertThat(room.broadcasts.ofRelease(released.release().value()))
        .filteredOn(progress -> progress.kind().equals("newsletter"))
        .allMatch(progress -> progress.state() == Progress.State.CANCELLED);
    assertThat(
            room.count(
                "SELECT count(*) FROM network.event WHERE release = $1 AND type = $2",
                released.release().value(),
                "newsletter.withdrawn"))
        .isEqualTo(1);
    assertThatThrownBy(() -> room.newsletters.withdraw(issue.id(), room.officer))
        .satisfies(code("already_withdrawn"));
    assertThatThrownBy(() -> room.newsletters.withdraw(room.drafted().id(), room.officer))
        .satisfies(code("not_released"));
  }

  @Test
  void theDeskListsTheNewestMonthFirst() {
    room.drafted();
    room.drafted();
    room.drafted();
    List<Newsletter> top = room.newsletters.list("", 2);
    assertThat(top).hasSize(2);
    assertThat(top.get(0).draft().month()).isGreaterThan(top.get(1).draft().month());
    assertThat(room.newsletters.list(top.get(1).draft().month(), 100))
        .isNotEmpty()
        .allMatch(issue -> issue.draft().month().compareTo(top.get(1).draft().month()) < 0);
  }

  @Test
  void anIssueThatIsNotThereIsNotFound() {
    NewsletterId nobody = new NewsletterId(987_654);
    assertThatThrownBy(() -> room.newsletters.get(nobody)).satisfies(code("not_found"));
    assertThatThrownBy(() -> room.newsletters.submit(nobody, room.editor))
        .satisfies(code("not_found"));
    assertThatThrownBy(() -> room.newsletters.approve(nobody, room.approver, Optional.empty()))
        .satisfies(code("not_found"));
  }

  private static HubException.Invalid refused(ThrowingCallable attempt) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        HubException.Invalid.class, attempt);
  }
}
