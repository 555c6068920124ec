package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.tocsin.testing.TestPostgres;

/** I19: a stolen copy of every table shows no address and no name. */
class SealedPeopleTest {
  private static final List<String> CANARIES =
      List.of("kanarienvogel", "papagei", "zeisig", "stieglitz", "canary-domain", "nachtigall");

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void aStolenCopyShowsNobody() throws SQLException, IOException {
    Person person = people.active("kanarienvogel@canary-domain.example", "newsletter");
    people.hub.hub.run(
        "UPDATE people.subscriber SET name_sealed = $1",
        io.vertx.core.buffer.Buffer.buffer(people.vault.sealName("Nachtigall")));
    people.signUp("papagei@canary-domain.example", "newsletter");
    people.ask("zeisig@canary-domain.example", PeopleFixture.HOME, "newsletter");
    assertThat(
            people.changes.ask(
                people.preferencesOf(person),
                EmailAddress.parse("stieglitz@canary-domain.example").orElseThrow(),
                PeopleFixture.HOME))
        .contains(true);
    String copy = copyOfEverything();
    assertThat(copy).contains("newsletter", "subscriber.confirmed");
    for (String canary : CANARIES) {
      assertThat(copy.contains(canary)).as(canary).isFalse();
      assertThat(copy.contains(HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8))))
          .as(canary + " in hexadecimal")
          .isFalse();
    }
  }

  @Test
  void theSearchWouldFindAnAddress() throws SQLException, IOException {
    people.hub.hub.run(
        "INSERT INTO people.import (file_digest, options, rows_total, started_at) VALUES ($1, $2, 1, now())",
        io.vertx.core.buffer.Buffer.buffer(new byte[32]),
        "Kanarienvogel");
    assertThat(copyOfEverything()).contains("kanarienvogel");
  }

  private String copyOfEverything() throws SQLException, IOException {
    StringBuilder all = new StringBuilder();
    try (Connection admin = TestPostgres.superuser(people.hub.address)) {
      for (String table : tables(admin)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        admin
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT", out);
        all.append(out.toString(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
      }
    }
    return all.toString();
  }

  private static List<String> tables(Connection admin) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = admin.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    assertThat(tables).contains("people.subscriber", "engine.recipient", "audit.entry");
    return tables;
  }
}
