package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

class ApiTokensTest {
  private final AccessFixture access = new AccessFixture();
  private final ApiTokens tokens = access.tokens;

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void aTokenActsAsItsOwnerWithTheRolesOfToday() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, " laptop ", Set.of());
    assertThat(token).startsWith("tocsin_").hasSizeGreaterThan(45);
    assertThat(tokens.who(token)).contains(ada);
    access.staff.changeRoles("system", ada.id(), Set.of(NEWSLETTER_EDITOR));
    assertThat(tokens.who(token).orElseThrow().roles()).containsExactly(NEWSLETTER_EDITOR);
    assertThat(tokens.list(ada.id()))
        .singleElement()
        .satisfies(listed -> assertThat(listed.name()).isEqualTo("laptop"));
    assertThat(access.audited())
        .contains("system token.created staff:1 {\"token\":1,\"scope\":[],\"days\":90}");
  }

  @Test
  void aScopeNarrowsAndNeverWidens() {
    StaffMember ada = access.add("ada@a.example", APPROVER, NEWSLETTER_EDITOR);
    String token = tokens.create("system", ada, "", Set.of(APPROVER));
    assertThat(tokens.who(token).orElseThrow().roles()).containsExactly(APPROVER);
    access.staff.changeRoles("system", ada.id(), Set.of(NEWSLETTER_EDITOR));
    assertThat(tokens.who(token).orElseThrow().roles()).isEmpty();
    assertThatThrownBy(() -> tokens.create("system", ada, "", Set.of(Role.AUDITOR)))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aTokenThatReadsHasNoVerbThatChangesAnything() {
    StaffMember ada = access.add("ada@a.example", APPROVER, NEWSLETTER_EDITOR);
    String token = tokens.create("system", ada, "", TokenScope.of(List.of("read")), 90);
    StaffMember acts = tokens.who(token).orElseThrow();
    assertThat(acts.may(Permission.READ_CASES)).isTrue();
    assertThat(acts.may(Permission.READ_NEWSLETTERS)).isTrue();
    assertThat(Permission.named())
        .filteredOn(acts::may)
        .isNotEmpty()
        .allMatch(Permission::reads)
        .allMatch(ada::may);
  }

  @Test
  void aTokenMayWhatItsScopeListsAndItsOwnerMayNowAndNothingElse() {
    StaffMember ada = access.add("ada@a.example", APPROVER, NEWSLETTER_EDITOR);
    String token =
        tokens.create("system", ada, "", TokenScope.of(List.of("write_newsletter", "approver")), 7);
    assertThat(Permission.named())
        .filteredOn(tokens.who(token).orElseThrow()::may)
        .contains(Permission.WRITE_NEWSLETTER, Permission.APPROVE_ALERT)
        .doesNotContain(Permission.RELEASE_NEWSLETTER);
    access.staff.changeRoles("system", ada.id(), Set.of(NEWSLETTER_EDITOR));
    assertThat(Permission.named())
        .filteredOn(tokens.who(token).orElseThrow()::may)
        .contains(Permission.WRITE_NEWSLETTER, Permission.READ_NEWSLETTERS)
        .doesNotContain(Permission.APPROVE_ALERT, Permission.RELEASE_NEWSLETTER);
    access.staff.changeRoles("system", ada.id(), Set.of(Role.AUDITOR));
    assertThat(Permission.named())
        .filteredOn(tokens.who(token).orElseThrow()::may)
        .allMatch(verb -> verb.roles().contains(Role.AUDITOR) && verb.roles().contains(APPROVER));
  }

  /** Who may not read cases learns by no answer whether a text names somebody of one. */
  @Test
  void aVerbIsLentOnlyWithThoseThatGuardWhatItsAnswersTell() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String alone =
        tokens.create("system", ada, "", TokenScope.of(List.of("approve_newsletter")), 7);
    assertThat(tokens.who(alone).orElseThrow().verbs()).isEmpty();
    String whole =
        tokens.create(
            "system", ada, "", TokenScope.of(List.of("approve_newsletter", "read_cases")), 7);
    assertThat(tokens.who(whole).orElseThrow().verbs())
        .containsExactlyInAnyOrder(Permission.APPROVE_NEWSLETTER, Permission.READ_CASES);
    for (Permission verb : Permission.values()) {
      for (Permission needed : verb.needs()) {
        assertThat(needed.roles()).as(verb + " needs " + needed).containsAll(verb.roles());
      }
    }
  }

  @Test
  void whatIsNoScopeIsRefusedByItsName() {
    assertThatThrownBy(() -> TokenScope.of(List.of("read", "write", "approver", "Read")))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(field -> field.message().split(" ", 2)[0])
                    .containsExactly("'write'", "'Read'"));
    StaffMember ada = access.add("ada@a.example", APPROVER);
    assertThatThrownBy(
            () ->
                tokens.create(
                    "system", ada, "", TokenScope.of(List.of("write_staff", "auditor")), 90))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(HubException.Field::message)
                    .containsExactly(
                        "The owner's roles do not allow auditor",
                        "The owner's roles do not allow write_staff"));
    for (int days : new int[] {0, -1, 367}) {
      assertThatThrownBy(() -> tokens.create("system", ada, "", TokenScope.ALL, days))
          .isInstanceOf(Invalid.class);
    }
  }

  @Test
  void aTokenEndsAndItsHolderMayKnow() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, "laptop", Set.of());
    access.hub.clock.advance(Duration.ofDays(90).minusSeconds(1));
    assertThat(tokens.who(token)).contains(ada);
    assertThat(tokens.expired(token)).isFalse();
    access.hub.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.who(token)).isEmpty();
    assertThat(tokens.expired(token)).isTrue();
    assertThat(tokens.renew(token)).as("what has ended is not renewed").isFalse();
    tokens.revoke("system", tokens.findId(token).orElseThrow());
    assertThat(tokens.expired(token)).as("of one that was revoked nothing is told").isFalse();
    assertThat(tokens.expired("tocsin_nonsense")).isFalse();
  }

  @Test
  void ofAShortTokenItsOwnerIsToldOnceTheDayBefore() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    tokens.create("system", ada, "day", TokenScope.ALL, 1);
    tokens.create("system", ada, "two", TokenScope.ALL, 2);
    tokens.create("system", ada, "three", TokenScope.ALL, 3);
    tokens.create("system", ada, "four", TokenScope.ALL, 4);
    access.told.clear();
    List<List<String>> days = new ArrayList<>();
    for (int day = 0; day < 4; day++) {
      access.notices.round();
      access.notices.round();
      days.add(List.copyOf(access.told));
      access.told.clear();
      access.hub.clock.advance(Duration.ofDays(1));
    }
    assertThat(days)
        .containsExactly(
            List.of(),
            List.of("ends ada@a.example two", "ends ada@a.example four"),
            List.of("ends ada@a.example three"),
            List.of());
  }

  @Test
  void itsOwnerIsToldWhenItIsMadeAndTwiceBeforeItEnds() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, "laptop", Set.of());
    tokens.create("system", ada, "short", TokenScope.ALL, 1);
    assertThat(access.told)
        .containsExactly("made ada@a.example laptop", "made ada@a.example short");
    access.told.clear();
    List<Integer> days = new ArrayList<>();
    for (int day = 1; day <= 90; day++) {
      access.hub.clock.advance(Duration.ofDays(1));
      access.notices.round();
      access.notices.round();
      if (!access.told.isEmpty()) {
        days.add(90 - day);
        assertThat(access.told).containsExactly("ends ada@a.example laptop");
        access.told.clear();
      }
    }
    assertThat(days).containsExactly(14, 3);
    assertThat(tokens.who(token)).isEmpty();
  }

  @Test
  void theOwnersOfTokensFromBeforeTokensEndedAreToldOnce() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    tokens.create("system", ada, "old", Set.of());
    long revoked = tokens.findId(tokens.create("system", ada, "revoked", Set.of())).orElseThrow();
    access.hub.hub.run(
        "UPDATE access.api_token SET next_notice_at = created_at"); // as the migration left them
    tokens.revoke("system", revoked);
    access.told.clear();
    access.notices.round();
    access.notices.round();
    assertThat(access.told).containsExactly("ends ada@a.example old");
  }

  @Test
  void whenItWasLastUsedIsKnownToTheMinute() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, "laptop", Set.of());
    assertThat(tokens.list(ada.id()).getFirst().lastUsed()).isEmpty();
    Instant first = access.hub.clock.instant();
    assertThat(tokens.who(token)).isPresent();
    access.hub.clock.advance(Duration.ofSeconds(59));
    assertThat(tokens.who(token)).isPresent();
    assertThat(tokens.list(ada.id()).getFirst().lastUsed()).contains(first);
    access.hub.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.who(token)).isPresent();
    assertThat(tokens.list(ada.id()).getFirst().lastUsed()).contains(access.hub.clock.instant());
  }

  @Test
  void aDemonstrationRenewsItsOwn() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, "demonstration", Set.of(APPROVER));
    access.hub.clock.advance(Duration.ofDays(80));
    assertThat(tokens.renew(token)).isTrue();
    access.hub.clock.advance(Duration.ofDays(80));
    assertThat(tokens.who(token)).isPresent();
    assertThat(tokens.renew("")).isFalse();
  }

  @Test
  void aRevokedTokenIsNobodysAndRevokingTwiceChangesNothing() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, "", Set.of());
    String other = tokens.create("system", ada, "", Set.of());
    long id = tokens.findId(token).orElseThrow();
    tokens.revoke("system", id);
    tokens.revoke("system", id);
    assertThat(tokens.who(token)).isEmpty();
    assertThat(tokens.who(other)).contains(ada);
    assertThat(access.audited().stream().filter(line -> line.contains("token.revoked")))
        .containsExactly("system token.revoked staff:1 {\"token\":1}");
  }

  @Test
  void whatIsNoTokenIsNobodys() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    String token = tokens.create("system", ada, "", Set.of());
    assertThat(tokens.who("")).isEmpty();
    assertThat(tokens.who(token.substring(7))).isEmpty();
    assertThat(tokens.who(token + "x")).isEmpty();
    assertThat(tokens.who("tocsin_" + "x".repeat(1_000_000))).isEmpty();
  }

  @Test
  void whoLeftGetsNoToken() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    access.staff.end("system", ada.id());
    assertThatThrownBy(() -> tokens.create("system", ada, "", Set.of()))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> tokens.create("system", ada, "x".repeat(101), Set.of()))
        .isInstanceOf(Invalid.class);
  }
}
