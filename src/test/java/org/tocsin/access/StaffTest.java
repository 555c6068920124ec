package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.access.AccessFixture.OFFICE;
import static org.tocsin.access.AccessFixture.PASSWORD;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.AUDITOR;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;
import static org.tocsin.access.Role.SECURITY_ADMIN;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

class StaffTest {
  private final AccessFixture access = new AccessFixture();
  private final Staff staff = access.staff;

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void whoIsAddedIsFoundByAnySpellingOfTheAddress() {
    StaffMember added =
        staff.add(
            "system",
            "  Ada@Bücher.Example ",
            " Ada Lovelace ",
            Set.of(APPROVER, NEWSLETTER_EDITOR));

    assertThat(added.email()).isEqualTo("ada@xn--bcher-kva.example");
    assertThat(added.name()).isEqualTo("Ada Lovelace");
    assertThat(staff.findByEmail("ADA@xn--BCHER-kva.example")).contains(added);
    assertThat(staff.find(added.id())).contains(added);
    assertThat(staff.findByEmail("eve@bücher.example")).isEmpty();
    assertThat(staff.find(new StaffId(99))).isEmpty();
    assertThat(access.audited())
        .containsExactly(
            "system staff.added staff:1 {\"roles\":[\"approver\",\"newsletter_editor\"]}");
  }

  @Test
  void everyWrongFieldIsNamedAtOnceAndNothingIsWritten() {
    assertThatThrownBy(() -> staff.add("system", "ada at example", " ", Set.of()))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(Field::name)
                    .containsExactly("name", "email", "roles"));
    for (String wrong :
        List.of(
            "",
            "@",
            "ada@",
            "ada@localhost",
            "ada@[127.0.0.1]",
            "ada\n@a.example",
            "ada@a.example,eve@a.example",
            "a".repeat(250) + "@a.example")) {
      assertThatThrownBy(() -> staff.add("system", wrong, "Ada", Set.of(APPROVER)))
          .as(wrong)
          .isInstanceOf(Invalid.class);
    }
    assertThatThrownBy(() -> staff.add("system", "a@a.example", "x".repeat(101), Set.of(APPROVER)))
        .isInstanceOf(Invalid.class);
    assertThat(staff.list()).isEmpty();
    assertThat(access.audited()).isEmpty();
  }

  @Test
  void anAddressIsAddedOnce() {
    access.add("ada@a.example", APPROVER);
    assertThatThrownBy(() -> access.add("ADA@a.example", AUDITOR))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("already_staff"));
    assertThat(staff.list()).hasSize(1);
  }

  @Test
  void ofManyWhoAddTheSameAddressAtOnceOneSucceeds() throws Exception {
    int many = 6;
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StaffMember>> adds =
          java.util.stream.IntStream.range(0, many)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            return access.add("ada@a.example", APPROVER);
                          }))
              .toList();
      start.countDown();
      int added = 0;
      for (Future<StaffMember> add : adds) {
        try {
          add.get();
          added++;
        } catch (ExecutionException refused) {
          assertThat(refused.getCause()).isInstanceOf(Conflict.class);
        }
      }
      assertThat(added).isEqualTo(1);
    }
    assertThat(access.audited()).hasSize(1);
  }

  @Test
  void rolesChangeAndTheAuditTellsFromWhatToWhat() {
    StaffMember admin = access.add("root@a.example", SECURITY_ADMIN);
    StaffMember ada = access.add("ada@a.example", APPROVER);
    staff.changeRoles(admin.id().actor(), ada.id(), Set.of(AUDITOR));
    assertThat(staff.get(ada.id()).roles()).containsExactly(AUDITOR);
    assertThat(access.audited())
        .last()
        .isEqualTo(
            "staff:1 staff.roles_changed staff:2 {\"from\":[\"approver\"],\"to\":[\"auditor\"]}");
    assertThatThrownBy(() -> staff.changeRoles("system", ada.id(), Set.of()))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> staff.changeRoles("system", new StaffId(99), Set.of(AUDITOR)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void nobodyChangesTheirOwnRolesOrEndsThemselves() {
    StaffMember admin = access.add("root@a.example", SECURITY_ADMIN);
    access.add("other@a.example", SECURITY_ADMIN);
    String herself = admin.id().actor();
    assertThatThrownBy(
            () -> staff.changeRoles(herself, admin.id(), Set.of(SECURITY_ADMIN, APPROVER)))
        .isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> staff.end(herself, admin.id())).isInstanceOf(Forbidden.class);
    assertThat(staff.get(admin.id()).roles()).containsExactly(SECURITY_ADMIN);
  }

  @Test
  void theLastAdministratorStays() {
    StaffMember admin = access.add("root@a.example", SECURITY_ADMIN);
    assertThatThrownBy(() -> staff.end("system", admin.id()))
        .isInstanceOfSatisfying(
            Conflict.class, last -> assertThat(last.code()).isEqualTo("last_security_admin"));
    assertThatThrownBy(() -> staff.changeRoles("system", admin.id(), Set.of(AUDITOR)))
        .isInstanceOf(Conflict.class);
    access.add("other@a.example", SECURITY_ADMIN);
    staff.end("system", admin.id());
    assertThat(staff.find(admin.id())).isEmpty();
  }

  @Test
  void whoLeavesIsOutEverywhereInTheSameMoment() {
    StaffMember ada = access.addWithPassword("ada@a.example", APPROVER);
    String session =
        access.signIn.byPassword("ada@a.example", PASSWORD, OFFICE).orElseThrow().secret();
    String link = access.links.print("system", ada);
    String token = access.tokens.create("system", ada, "laptop", Set.of());

    staff.end("system", ada.id());

    assertThat(access.signIn.resume(session)).isEmpty();
    assertThat(access.signIn.look(link, "")).isEqualTo(LinkStanding.OVER);
    assertThat(access.byPrinted(link)).isEmpty();
    assertThat(access.tokens.who(token)).isEmpty();
    assertThat(access.signIn.byPassword("ada@a.example", PASSWORD, OFFICE)).isEmpty();
    assertThat(staff.findByEmail("ada@a.example")).isEmpty();
    assertThat(staff.list()).singleElement().satisfies(e -> assertThat(e.ended()).isPresent());
    assertThatThrownBy(() -> staff.end("system", ada.id())).isInstanceOf(NotFound.class);
    assertThat(access.audited())
        .last()
        .isEqualTo("system staff.ended staff:1 {\"sessions\":1,\"tokens\":1}");
  }

  @Test
  void whoComesBackKeepsTheNumberAndNothingElse() {
    StaffMember ada = access.addWithPassword("ada@a.example", APPROVER);
    String token = access.tokens.create("system", ada, "laptop", Set.of());
    staff.end("system", ada.id());

    StaffMember again = staff.add("system", "ada@a.example", "Ada Again", Set.of(AUDITOR));

    assertThat(again.id()).isEqualTo(ada.id());
    assertThat(staff.find(ada.id())).contains(again);
    assertThat(again.hasPassword()).isFalse();
    assertThat(access.tokens.who(token)).isEmpty();
    assertThat(access.signIn.byPassword("ada@a.example", PASSWORD, OFFICE)).isEmpty();
    assertThat(access.audited())
        .anyMatch(line -> line.startsWith("system staff.reinstated staff:1"));
  }

  @Test
  void aPasswordIsLongAndNotTheAddress() {
    StaffMember ada = access.add("ada.lovelace@a.example", APPROVER);
    for (String weak :
        List.of(
            "",
            "elevensigns",
            "x".repeat(201),
            "x".repeat(100_000),
            "aaaaaaaaaaaaaaaa",
            "Ada.Lovelace@a.example")) {
      assertThatThrownBy(() -> staff.setPassword("system", ada, weak)).isInstanceOf(Invalid.class);
    }
    staff.setPassword("system", ada, "twelve signs");
    assertThat(staff.get(ada.id()).hasPassword()).isTrue();
  }

  @Test
  void anAccentIsTheSameHoweverTheKeyboardWritesIt() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    staff.setPassword("system", ada, "une fen\u00eatre ouverte");
    assertThat(access.signIn.byPassword("ada@a.example", "une fene\u0302tre ouverte", OFFICE))
        .isPresent();
  }

  @Test
  void aNewPasswordClosesWhatTheOldOneHadOpened() {
    StaffMember ada = access.addWithPassword("ada@a.example", APPROVER);
    String session =
        access.signIn.byPassword("ada@a.example", PASSWORD, OFFICE).orElseThrow().secret();
    String link = access.links.print("system", ada);
    staff.setPassword("system", ada, "another bell altogether");
    assertThat(access.signIn.resume(session)).isEmpty();
    assertThat(access.byPrinted(link)).isEmpty();
    assertThat(access.signIn.byPassword("ada@a.example", PASSWORD, OFFICE)).isEmpty();
    assertThat(access.signIn.byPassword("ada@a.example", "another bell altogether", OFFICE))
        .isPresent();
  }

  @Test
  void aChangeThatFailsLeavesNoTrace() {
    StaffMember ada = access.add("ada@a.example", APPROVER);
    assertThatThrownBy(
            () ->
                access.hub.hub.inTransaction(
                    tx -> {
                      staff.repository().end(tx, ada.id(), access.hub.clock.instant());
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(staff.find(ada.id())).isEqualTo(Optional.of(ada));
  }
}
