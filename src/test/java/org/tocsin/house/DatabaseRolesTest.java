package org.tocsin.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;

/**
 * What the public site and the courier may do in the database, to the last right. A grant that is
 * not written here breaks this test: say here why it is needed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseRolesTest {
  private static final String SITE = TestPostgres.SITE.username();
  private static final String COURIER = TestPostgres.COURIER.username();

  /** Every table, view and sequence of ours and what a role may do with it, column by column. */
  private static final String RIGHTS =
      """
      WITH thing AS (
        SELECT c.oid, c.relkind, n.nspname || '.' || c.relname AS name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p', 'S') AND n.nspname !~ '^(pg_|information_schema)'
      ), whole AS (
        SELECT t.oid, t.name, p AS verb FROM thing t, unnest(
          CASE WHEN t.relkind = 'S' THEN ARRAY['SELECT', 'UPDATE', 'USAGE']
          ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'] END) p
        WHERE CASE WHEN t.relkind = 'S' THEN has_sequence_privilege('%1$s', t.oid, p)
          ELSE has_table_privilege('%1$s', t.oid, p) END
      ), part AS (
        SELECT t.name, p || '(' || string_agg(a.attname, ', ' ORDER BY a.attnum) || ')' AS verb
        FROM thing t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped,
          unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) p
        WHERE t.relkind <> 'S' AND has_column_privilege('%1$s', t.oid, a.attnum, p)
          AND NOT EXISTS (SELECT 1 FROM whole w WHERE w.oid = t.oid AND w.verb = p)
        GROUP BY t.name, p
      )
      SELECT name || ': ' || string_agg(verb, ', ' ORDER BY verb)
      FROM (SELECT name, verb FROM whole UNION ALL SELECT name, verb FROM part) every GROUP BY name
      """;

  private static final String TABLES =
      """
      SELECT table_schema || '.' || table_name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
      """;

  private static final String COLUMN =
      """
      SELECT quote_ident(attname) FROM pg_attribute
      WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum LIMIT 1
      """;

  private final TestHub hub = new TestHub();

  @BeforeAll
  void writeOneEntry() {
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "system", "test.done", "test:1"));
  }

  @AfterAll
  void close() {
    hub.close();
  }

  @Test
  void thePublicSiteReadsWhatIsPublishedAndLeavesRequests() throws SQLException {
    assertThat(ask(RIGHTS.formatted(SITE)))
        .containsExactlyInAnyOrder(
            "people.sign_up_request: INSERT",
            // The form of those who apply, for I16: it leaves a sealed request and looks at nobody.
            "members.application_request: INSERT",
            "publications.published_newsletter: SELECT");
  }

  @Test
  void theCourierReadsAndSettlesDeliveries() throws SQLException {
    assertThat(ask(RIGHTS.formatted(COURIER)))
        .containsExactlyInAnyOrder(
            "engine.broadcast: SELECT, UPDATE",
            "engine.content: SELECT",
            "engine.recipient: SELECT",
            "engine.suppression: SELECT",
            "engine.segment: SELECT, UPDATE",
            "engine.grp: INSERT, SELECT, UPDATE",
            "engine.tally: INSERT, SELECT, UPDATE",
            "engine.bucket: INSERT, SELECT, UPDATE",
            "engine.outcome: INSERT, SELECT",
            "engine.attempt: INSERT, SELECT",
            "engine.retry: DELETE, INSERT, SELECT, UPDATE",
            "people.addressee: SELECT",
            // No name, no roster, no audience: what one delivery needs while it is sent.
            "members.addressee: SELECT",
            "network.endpoint: SELECT(id, url_sealed, secret_sealed, old_secret_sealed,"
                + " old_secret_until, state, disabled_reason, events_per_minute)");
  }

  @Test
  void bothSeeOnlyTheSchemasTheyNeed() throws SQLException {
    String schemas =
        """
        SELECT nspname || ': ' || p FROM pg_namespace, unnest(ARRAY['USAGE', 'CREATE']) p
        WHERE nspname !~ '^(pg_|information_schema)' AND has_schema_privilege('%s', oid, p)
        """;
    assertThat(ask(schemas.formatted(SITE)))
        .containsExactlyInAnyOrder("publications: USAGE", "people: USAGE", "members: USAGE");
    assertThat(ask(schemas.formatted(COURIER)))
        .containsExactlyInAnyOrder(
            "engine: USAGE", "people: USAGE", "network: USAGE", "members: USAGE");
  }

  @Test
  void noRoleOfOursIsMoreThanALogin() throws SQLException {
    assertThat(
            ask(
                """
                SELECT rolname FROM pg_roles WHERE rolname LIKE 'tocsin%'
                  AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
                """))
        .isEmpty();
    assertThat(
            ask(
                """
                SELECT m.rolname || ' is ' || g.rolname FROM pg_auth_members a
                JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid
                WHERE m.rolname LIKE 'tocsin%'
                """))
        .isEmpty();
    assertThat(ask("SELECT rolname FROM pg_roles WHERE rolname LIKE 'tocsin%'")).hasSize(3);
  }

  /** A view or a function may lend its owner's rights; each is a door and is listed. */
  @Test
  void doorsThatLendTheHubsRightsAreListed() throws SQLException {
    assertThat(
            ask(
                """
                SELECT n.nspname || '.' || c.relname FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^(pg_|information_schema)'
                """))
        .containsExactlyInAnyOrder("people.addressee", "members.addressee");
    assertThat(
            ask(
                """
                SELECT n.nspname || '.' || p.proname FROM pg_proc p
                JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)'
                """))
        // Counts what a network leaves at a form; says when there is room again and nothing else.
        .containsExactlyInAnyOrder("people.admit_request");
    String mayCall =
        "SELECT has_function_privilege('%s', 'people.admit_request(bytea, timestamptz, int)',"
            + " 'EXECUTE')";
    assertThat(ask(mayCall.formatted(SITE))).containsExactly("t");
    assertThat(ask(mayCall.formatted(COURIER))).containsExactly("f");
  }

  @Test
  void theSiteCannotReadWhatPeopleLeaveBehind() {
    refused(hub.site, "SELECT * FROM people.sign_up_request");
    refused(hub.site, "SELECT * FROM people.subscriber");
    refused(hub.site, "SELECT * FROM people.addressee");
    refused(hub.site, "SELECT * FROM access.staff");
    refused(hub.site, "SELECT * FROM access.request_seen");
    refused(hub.site, "SELECT * FROM access.letter_slot");
    refused(hub.site, "SELECT * FROM people.sign_up_tally");
    for (String table :
        List.of(
            "roster_entry",
            "application",
            "application_letter",
            "member",
            "session",
            "sign_in_link",
            "link_request")) {
      refused(hub.site, "SELECT * FROM members." + table);
      refused(hub.courier, "SELECT * FROM members." + table);
    }
    refused(hub.site, "SELECT * FROM members.application_request");
    refused(hub.site, "SELECT * FROM members.addressee");
    refused(hub.courier, "SELECT * FROM members.application_request");
    refused(hub.site, "SELECT * FROM casework.case_file");
    refused(hub.courier, "SELECT * FROM casework.case_file");
    for (String table : List.of("chain", "message", "sending", "report", "reader")) {
      refused(hub.site, "SELECT * FROM alerts." + table);
      refused(hub.courier, "SELECT * FROM alerts." + table);
    }
    for (String table : List.of("call", "answer")) {
      refused(hub.site, "SELECT * FROM calls." + table);
      refused(hub.courier, "SELECT * FROM calls." + table);
    }
    refused(hub.courier, "SELECT * FROM people.subscriber");
    refused(hub.courier, "SELECT * FROM publications.newsletter");
    refused(hub.courier, "SELECT * FROM access.session");
  }

  /** Whatever table comes later: each verb that is not granted above is tried, and refused. */
  @Test
  void whatIsNotGrantedIsRefusedForEveryTableThereIs() throws SQLException {
    List<String> tables = ask(TABLES);
    assertThat(tables)
        .hasSizeGreaterThan(40)
        .contains("casework.case_file", "alerts.message", "members.member", "audit.entry");
    refusedWhereNotGranted(hub.site, tables, ask(RIGHTS.formatted(SITE)));
    refusedWhereNotGranted(hub.courier, tables, ask(RIGHTS.formatted(COURIER)));
  }

  @Test
  void nothingPrivateIsGrantedToEither() throws SQLException {
    for (String schema :
        List.of("casework", "alerts", "calls", "officials", "outreach", "audit", "access")) {
      assertThat(ask(TABLES)).anyMatch(table -> table.startsWith(schema + "."));
      for (String role : List.of(SITE, COURIER)) {
        assertThat(ask(RIGHTS.formatted(role))).noneMatch(right -> right.startsWith(schema + "."));
      }
    }
  }

  private void refusedWhereNotGranted(Database role, List<String> tables, List<String> rights)
      throws SQLException {
    for (String table : tables) {
      String column = ask(COLUMN.formatted(table)).getFirst();
      Map<String, String> attempts =
          Map.of(
              "SELECT", "SELECT FROM " + table,
              "INSERT", "INSERT INTO " + table + " SELECT FROM generate_series(1, 0)",
              "UPDATE", "UPDATE " + table + " SET " + column + " = DEFAULT",
              "DELETE", "DELETE FROM " + table);
      attempts.forEach(
          (verb, sql) -> {
            if (rights.stream()
                .noneMatch(right -> right.startsWith(table + ": ") && right.contains(verb))) {
              refused(role, sql);
            }
          });
    }
  }

  /** By themselves any role may ask how much lies in a table that it may not read. */
  @Test
  void neitherLearnsHowMuchLiesInWhatItMayNotRead() {
    for (Database role : List.of(hub.site, hub.courier)) {
      for (String question :
          List.of(
              "SELECT n_live_tup FROM pg_stat_user_tables",
              "SELECT * FROM pg_stat_all_tables",
              "SELECT * FROM pg_statio_user_tables",
              "SELECT * FROM pg_stat_database",
              "SELECT * FROM pg_stat_activity",
              "SELECT * FROM pg_stat_user_indexes",
              "SELECT * FROM pg_locks",
              "SELECT pg_stat_get_live_tuples('casework.case_file'::regclass)",
              "SELECT pg_stat_get_tuples_inserted(c.oid) FROM pg_class c",
              "SELECT pg_stat_get_last_vacuum_time(c.oid) FROM pg_class c",
              "SELECT pg_stat_get_db_xact_commit(oid) FROM pg_database",
              "SELECT pg_relation_size(oid) FROM pg_class",
              "SELECT pg_total_relation_size(oid) FROM pg_class",
              "SELECT pg_table_size(oid) FROM pg_class",
              "SELECT pg_indexes_size(oid) FROM pg_class",
              "SELECT pg_database_size(current_database())",
              "SELECT pg_database_size('postgres')",
              "SELECT reltuples FROM pg_class",
              "SELECT relpages FROM pg_class",
              "SELECT * FROM pg_class",
              "SELECT pg_current_wal_lsn()",
              "SELECT txid_current()",
              "SELECT age('3'::xid)",
              "SELECT mxid_age('1')",
              "SELECT pg_relation_filenode(oid) FROM pg_class",
              "SELECT pg_relation_filepath(oid) FROM pg_class",
              "SELECT pg_logical_emit_message(false, '', '')",
              "SELECT pg_current_snapshot()",
              "CREATE TEMPORARY TABLE notes (n int)")) {
        refused(role, question);
      }
      long names = role.get("SELECT count(*) AS n FROM pg_class", row -> row.getLong("n"));
      assertThat(names).as("names are no secret, and drivers ask for them").isPositive();
    }
    long others =
        hub.hub.get("SELECT count(*) AS n FROM pg_stat_activity", row -> row.getLong("n"));
    assertThat(others).as("the hub looks whether another runs").isPositive();
  }

  @Test
  void noOtherDatabaseOfTheServerLetsThemIn() throws SQLException {
    String open =
        """
        SELECT datname FROM pg_database WHERE datname IN ('postgres', 'template1')
          AND (has_database_privilege('%1$s', oid, 'CONNECT') OR has_database_privilege('%1$s', oid, 'TEMP'))
        """;
    for (String role : List.of(SITE, COURIER)) {
      assertThat(ask(open.formatted(role))).as(role).isEmpty();
    }
  }

  @Test
  void nobodyRewritesTheAudit() {
    for (Database role : List.of(hub.hub, hub.site, hub.courier)) {
      refused(role, "UPDATE audit.entry SET actor = 'nobody'");
      refused(role, "DELETE FROM audit.entry");
      refused(role, "TRUNCATE audit.entry");
      refused(role, "SET session_replication_role = 'replica'");
    }
    for (Database role : List.of(hub.site, hub.courier)) {
      refused(role, "SELECT * FROM audit.entry");
      refused(role, "INSERT INTO audit.entry SELECT * FROM audit.entry");
      refused(role, "UPDATE audit.head SET no = 0");
    }
  }

  @Test
  void givingItselfTheRightsBackDoesNotHelpTheHub() {
    hub.hub.run("GRANT UPDATE, DELETE, TRUNCATE ON audit.entry TO CURRENT_USER");
    refused(hub.hub, "UPDATE audit.entry SET actor = 'nobody'");
    refused(hub.hub, "DELETE FROM audit.entry");
    refused(hub.hub, "TRUNCATE audit.entry");
    hub.hub.run("REVOKE UPDATE, DELETE, TRUNCATE ON audit.entry FROM CURRENT_USER");
    assertThat(hub.audit.verify().broken()).isEmpty();
  }

  @Test
  void whatWasApprovedIsNotRewrittenEither() {
    for (String table : List.of("release.edit", "release.approval", "release.release")) {
      refused(hub.hub, "DELETE FROM " + table);
      refused(hub.hub, "TRUNCATE " + table + " CASCADE");
    }
  }

  private static void refused(Database role, String sql) {
    assertThatThrownBy(() -> role.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            DatabaseFailure.class, failure -> assertThat(failure.state()).isEqualTo("42501"));
  }

  /** As a superuser, who sees every right of every role. */
  private List<String> ask(String sql) throws SQLException {
    try (Connection admin = TestPostgres.superuser(hub.address);
        Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answer = new ArrayList<>();
      while (rows.next()) {
        answer.add(rows.getString(1));
      }
      return answer;
    }
  }
}
