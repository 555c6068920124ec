package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.AccessFixture.OFFICE;
import static org.tocsin.access.AccessFixture.PASSWORD;
import static org.tocsin.access.Role.APPROVER;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.TestPostgres;

class AccessAtRestTest {
  private final AccessFixture access = new AccessFixture();

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void copiesOfTheTablesShowNoAddressNoNameAndNoSecret() throws SQLException {
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
    access.links.request("canary.ada@canary.example", OFFICE);

    String copy = copy("access") + copy("audit");

    assertThat(copy).contains("approver").contains("laptop");
    for (String secret :
        List.of(
            "canary",
            "lovelace",
            PASSWORD,
            OFFICE,
            printed,
            token,
            opened.secret(),
            opened.session().csrf())) {
      String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
      assertThat(copy.contains(secret.toLowerCase(Locale.ROOT))).as(secret).isFalse();
      assertThat(copy.contains(hex)).as(secret + " in hex").isFalse();
    }
  }

  /** Every row of every table of a schema, as its text; bytes come out as hex. */
  private String copy(String schema) throws SQLException {
    StringBuilder copy = new StringBuilder();
    try (Connection admin = TestPostgres.superuser(access.hub.address);
        Statement run = admin.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          run.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'")) {
        while (rows.next()) {
          tables.add(schema + "." + rows.getString(1));
        }
      }
      assertThat(tables).isNotEmpty();
      for (String table : tables) {
        try (ResultSet rows = run.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (rows.next()) {
            copy.append(rows.getString(1).toLowerCase(Locale.ROOT)).append('\n');
          }
        }
      }
    }
    return copy.toString();
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
