package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
        .satisfies(listed -> assertThat(listed.label()).isEqualTo("laptop"));
    assertThat(access.audited())
        .contains("system token.created staff:1 {\"token\":1,\"scope\":[]}");
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
