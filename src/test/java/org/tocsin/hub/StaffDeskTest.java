package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.AUDITOR;
import static org.tocsin.access.Role.SECURITY_ADMIN;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.testing.TestPostgres;

class StaffDeskTest {
  private final TestDesk desk = new TestDesk();
  private final StaffMember root = desk.staff("root@tocsin.example", "Ruth Root", SECURITY_ADMIN);
  private final TestDesk.Browser admin = desk.signedIn(root);

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void somebodyIsLetInAndSignsIn() {
    HttpResponse<String> added =
        admin.post(
            "/desk/staff",
            "name",
            "Ada <b>Lovelace</b>",
            "email",
            "Ada@tocsin.example",
            "roles",
            "approver",
            "roles",
            "auditor");
    assertThat(added.headers().firstValue("Location")).hasValue("/desk/staff?done=added");
    assertThat(admin.get("/desk/staff?done=added").body())
        .contains("Ada &lt;b&gt;Lovelace&lt;/b&gt;")
        .contains("ada@tocsin.example")
        .contains("ask for a link");
    StaffMember ada = desk.features.staff.findByEmail("ada@tocsin.example").orElseThrow();
    assertThat(ada.roles()).isEqualTo(Set.of(APPROVER, AUDITOR));
    assertThat(desk.signedIn(ada).get("/desk/audit").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsWrongIsNamedAndWhatWasTypedStays() {
    HttpResponse<String> wrong =
        admin.post("/desk/staff", "name", "", "email", "ada at example", "roles", "approver");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("href=\"#email\"")
        .contains("href=\"#name\"")
        .contains("value=\"ada at example\"")
        .contains("value=\"approver\" checked");
    assertThat(admin.post("/desk/staff", "name", "A", "email", "a@a.example").body())
        .contains("Choose at least one role");
    assertThat(
            admin
                .post("/desk/staff", "name", "A", "email", "a@a.example", "roles", "emperor")
                .statusCode())
        .isEqualTo(422);
    HttpResponse<String> twice =
        admin.post("/desk/staff", "name", "R", "email", "root@tocsin.example", "roles", "auditor");
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(twice.body()).contains("already belongs to a member of staff");
    assertThat(desk.features.staff.list()).hasSize(1);
  }

  @Test
  void rolesAreChangedAndHoldAtOnce() {
    StaffMember ada = desk.staff("ada@tocsin.example", "Ada", APPROVER);
    TestDesk.Browser hers = desk.signedIn(ada);
    assertThat(hers.get("/desk/audit").statusCode()).isEqualTo(403);
    String page = "/desk/staff/" + ada.id().value();
    assertThat(admin.get(page).body()).contains("value=\"approver\" checked");
    admin.post(page + "/roles", "roles", "auditor");
    assertThat(hers.get("/desk/audit").statusCode()).isEqualTo(200);
    assertThat(admin.post(page + "/roles").statusCode()).isEqualTo(422);
  }

  @Test
  void endingAsksFirstAndThenClosesEverything() {
    StaffMember ada = desk.staff("ada@tocsin.example", "Ada", APPROVER);
    TestDesk.Browser hers = desk.signedIn(ada);
    String page = "/desk/staff/" + ada.id().value();
    assertThat(admin.get(page + "/end").body()).contains("End access for Ada?");
    assertThat(hers.get("/desk/account").statusCode()).isEqualTo(200);
    assertThat(admin.post(page + "/end").statusCode()).isEqualTo(303);
    assertThat(hers.get("/desk/account").statusCode()).isEqualTo(303);
    assertThat(admin.get("/desk/staff").body()).contains("No longer here");
    assertThat(admin.get(page).body()).contains("Works here no longer");
    assertThat(admin.get(page + "/end").statusCode()).isEqualTo(404);
    assertThat(admin.get("/desk/staff/999").statusCode()).isEqualTo(404);
    assertThat(admin.get("/desk/staff/one").statusCode()).isEqualTo(404);
  }

  @Test
  void nobodyChangesTheirOwnRightsNotEvenByHand() {
    desk.staff("other@tocsin.example", "Other", SECURITY_ADMIN);
    String mine = "/desk/staff/" + root.id().value();
    assertThat(admin.get(mine).body())
        .contains("Another security administrator must change your own account")
        .doesNotContain(mine + "/roles");
    assertThat(admin.post(mine + "/roles", "roles", "approver").statusCode()).isEqualTo(403);
    assertThat(admin.post(mine + "/end").statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenIsRevokedByItsOwnerOrAnAdministratorAndNobodyElse() {
    StaffMember ada = desk.staff("ada@tocsin.example", "Ada", APPROVER);
    String first = desk.features.apiTokens.create("system", ada, "laptop", Set.of());
    String second = desk.features.apiTokens.create("system", ada, "server", Set.of());
    TestDesk.Browser bob = desk.signedIn(desk.staff("bob@tocsin.example", "Bob", APPROVER));
    assertThat(bob.post("/desk/account/tokens/1/revoke").statusCode()).isEqualTo(404);
    TestDesk.Browser hers = desk.signedIn(ada);
    assertThat(hers.get("/desk/account").body()).contains("laptop").contains("server");
    hers.post("/desk/account/tokens/1/revoke");
    assertThat(desk.features.apiTokens.who(first)).isEmpty();
    admin.post("/desk/staff/" + ada.id().value() + "/tokens/2/revoke");
    assertThat(desk.features.apiTokens.who(second)).isEmpty();
  }

  @Test
  void aLostLaptopIsSignedOutByAnAdministrator() {
    StaffMember ada = desk.staff("ada@tocsin.example", "Ada", APPROVER);
    TestDesk.Browser lost = desk.signedIn(ada);
    admin.post("/desk/staff/" + ada.id().value() + "/sign-out");
    assertThat(lost.get("/desk/account").statusCode()).isEqualTo(303);
    assertThat(desk.hub.audit.latest("staff:2", Long.MAX_VALUE, 1).getFirst().actor())
        .isEqualTo("staff:1");
  }

  @Test
  void theAuditIsReadFilteredAndChecked() {
    StaffMember ada = desk.staff("ada@tocsin.example", "Ada Lovelace", APPROVER);
    desk.features.staff.changeRoles(root.id().actor(), ada.id(), Set.of(AUDITOR));
    String all = admin.get("/desk/audit").body();
    assertThat(all)
        .contains("Ada Lovelace")
        .contains("Ruth Root")
        .contains("changed roles")
        .contains("from: approver")
        .contains("The hub itself")
        .doesNotContain("ada@tocsin.example");
    assertThat(admin.get("/desk/audit?actor=staff%3A1&action=staff").body())
        .contains("changed roles")
        .doesNotContain("let in<");
    assertThat(admin.get("/desk/audit?action=nothing.like.it").body()).contains("No entry matches");
    assertThat(admin.get("/desk/audit?before=x").statusCode()).isEqualTo(422);
    assertThat(admin.get("/desk/audit?actor=" + "x".repeat(101)).statusCode()).isEqualTo(422);
    assertThat(admin.post("/desk/audit/verify").body()).contains("They are whole");
  }

  @Test
  void aChangedAuditIsSaidLoudly() throws SQLException {
    try (Connection superuser = TestPostgres.superuser(desk.hub.address);
        Statement run = superuser.createStatement()) {
      run.execute("ALTER TABLE audit.entry DISABLE TRIGGER append_only");
      run.execute("UPDATE audit.entry SET actor = 'nobody' WHERE no = 2");
    }
    assertThat(admin.post("/desk/audit/verify").body())
        .contains("The audit was changed:")
        .contains("entry 2 was changed")
        .contains("1 entry before it is whole");
  }

  @Test
  void olderEntriesAreOnTheNextPage() {
    for (int i = 0; i < 60; i++) {
      desk.hub.hub.inTransaction(tx -> desk.hub.audit.record(tx, "system", "test.done", "test:1"));
    }
    String first = admin.get("/desk/audit?subject=test%3A1").body();
    assertThat(first).contains("Older entries");
    String next = first.replaceFirst("(?s).*href=\"(/desk/audit\\?[^\"]*before=[0-9]+)\".*", "$1");
    assertThat(admin.get(next.replace("&amp;", "&")).body())
        .contains("test:1")
        .doesNotContain("Older entries");
  }

  @Test
  void theRolesPageShowsEveryVerbAndRole() {
    String page = admin.get("/desk/roles").body();
    for (Permission permission : Permission.values()) {
      if (permission != Permission.ANYONE) {
        assertThat(page).contains("<code>" + permission.word() + "</code>");
        assertThat(desk.features.languages.in("en").has("desk.permission." + permission.word()))
            .as(permission.word())
            .isTrue();
      }
    }
    for (Role role : Role.values()) {
      assertThat(page).contains(desk.features.languages.in("en").text("desk.role." + role.word()));
    }
    assertThat(page).contains("POST /desk/staff/:id/end").contains("API listBroadcasts");
    long marks = page.split("●", -1).length - 1L;
    long rights =
        java.util.Arrays.stream(Permission.values())
            .mapToLong(permission -> permission.roles().size())
            .sum();
    assertThat(marks).isEqualTo(rights);
  }
}
