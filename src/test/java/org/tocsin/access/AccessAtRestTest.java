package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.AccessFixture.OFFICE;
import static org.tocsin.access.AccessFixture.PASSWORD;
import static org.tocsin.access.Role.APPROVER;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.StolenCopy;

class AccessAtRestTest {
  private final AccessFixture access = new AccessFixture();

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void copiesOfTheTablesShowNoAddressNoNameAndNoSecret() {
    StaffMember ada =
        access.staff.add(
            "system", "canary.ada@canary.example", "Canary Lovelace", Set.of(APPROVER));
    access.staff.setPassword("system", ada, PASSWORD);
    String printed = access.links.print("system", ada);
    String token = access.tokens.create("system", ada, "laptop", Set.of());
    assertThat(access.signIn.byPassword("canary.ada@canary.example", "canary wrong", OFFICE))
        .isEmpty();
    SignIn.Opened opened =
        access.signIn.byPassword("canary.ada@canary.example", PASSWORD, OFFICE).orElseThrow();
    access.links.request("canary.ada@canary.example", false, OFFICE);

    StolenCopy copy = StolenCopy.of(access.hub.address);
    assertThat(copy.shows("approver")).isTrue();
    assertThat(copy.shows("laptop")).isTrue();
    for (String secret :
        List.of(
            "canary",
            "lovelace",
            PASSWORD,
            "192.0.2.7",
            printed,
            token,
            opened.secret(),
            opened.session().csrf())) {
      assertThat(copy.shows(secret)).as(secret).isFalse();
    }
  }

  @Test
  void nothingThatIsPrintedOfASessionTellsItsSecret() {
    access.addWithPassword("ada@a.example", APPROVER);
    SignIn.Opened opened =
        access.signIn.byPassword("ada@a.example", PASSWORD, OFFICE).orElseThrow();
    assertThat(opened.toString())
        .doesNotContain(opened.secret())
        .doesNotContain(opened.session().csrf())
        .doesNotContain("ada");
  }
}
