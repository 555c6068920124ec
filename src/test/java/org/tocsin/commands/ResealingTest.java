package org.tocsin.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Hashed;
import org.tocsin.platform.database.SealedTable.Sealed;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;

class ResealingTest {
  /** More than two batches. */
  private static final int PEOPLE = 1_200;

  private final TestHub hub = new TestHub();

  @AfterEach
  void close() {
    hub.close();
  }

  /** A new sealed column that nobody lists would be lost with its key. */
  @Test
  void everySealedColumnIsListed() throws SQLException {
    Set<String> listed = new HashSet<>();
    for (SealedTable table : KeysCommand.tables()) {
      table.columns().forEach(column -> listed.add(table.name() + "." + column.column()));
    }
    assertThat(listed)
        .containsAll(
            ask(
                """
                SELECT table_schema || '.' || table_name || '.' || column_name
                FROM information_schema.columns c JOIN information_schema.tables t
                  USING (table_schema, table_name)
                WHERE t.table_type = 'BASE TABLE' AND data_type = 'bytea'
                  AND (column_name LIKE '%sealed' OR column_name IN ('holes', 'answer'))
                  AND NOT (SELECT relispartition FROM pg_class
                    WHERE oid = format('%I.%I', table_schema, table_name)::regclass)
                """));
  }

  @Test
  void everyTableIsSealedAnewAndStillFound() {
    Staff staff = staff(hub.keyring);
    staff.add("system", "ada@tocsin.example", "Ada", Set.of(Role.APPROVER));
    addPeople(3);
    Keyring rotated = rotate();

    for (SealedTable table : KeysCommand.tables()) {
      resealing(rotated).run(table, done -> {});
    }

    for (SealedTable table : KeysCommand.tables()) {
      assertThat(old(table, rotated)).as(table.name()).isZero();
    }
    assertThat(staff(rotated).findByEmail("ada@tocsin.example")).isPresent();
    long found =
        hub.hub.get(
            """
            SELECT count(*) AS n FROM people.subscriber WHERE address_hash = $1 AND domain_hash = $2
            """,
            row -> row.getLong("n"),
            Buffer.buffer(rotated.lookup().of("person1@people.example")),
            Buffer.buffer(rotated.lookup().of("people.example")));
    assertThat(found).isEqualTo(1);
    byte[] closed =
        hub.hub.get(
            "SELECT address_sealed FROM people.subscriber ORDER BY id LIMIT 1",
            row -> row.getBuffer("address_sealed").getBytes());
    assertThat(rotated.sealer().open("subscriber.address", closed))
        .isEqualTo("Person0@people.example");
  }

  @Test
  void aRunThatWasKilledIsSimplyStartedAgain() {
    addPeople(PEOPLE);
    Keyring rotated = rotate();
    SealedTable people =
        KeysCommand.tables().stream()
            .filter(table -> table.name().equals("people.subscriber"))
            .findFirst()
            .orElseThrow();
    List<Long> heard = new ArrayList<>();
    assertThatThrownBy(
            () ->
                resealing(rotated)
                    .run(
                        people,
                        done -> {
                          heard.add(done);
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");
    assertThat(heard).containsExactly(500L);
    assertThat(old(people, rotated)).isEqualTo(PEOPLE - 500);

    assertThat(resealing(rotated).run(people, done -> {})).isEqualTo(PEOPLE - 500);
    assertThat(old(people, rotated)).isZero();
    assertThat(resealing(rotated).run(people, done -> {})).isZero();
  }

  @Test
  void aValueOfAnotherKeyringStopsTheRunAndChangesNothing() {
    addPeople(2);
    Keyring foreign = Keyring.open(hub.folder.resolve("foreign"), true);
    SealedTable people =
        new SealedTable(
            "people.subscriber",
            List.of(new Sealed("address_sealed", "subscriber.address")),
            List.of(new Hashed("address_hash", "address_sealed", text -> text)));
    assertThatThrownBy(() -> resealing(foreign).run(people, done -> {}))
        .hasMessageContaining("does not open with this keyring");
    assertThat(old(people, hub.keyring)).isZero();
  }

  private long old(SealedTable table, Keyring keyring) {
    long old = 0;
    for (Sealed column : table.columns()) {
      old =
          Math.max(
              old,
              hub.hub.get(
                  "SELECT count(*) AS n FROM %s WHERE substring(%s FOR 5) <> $1"
                      .formatted(table.name(), column.column()),
                  row -> row.getLong("n"),
                  Buffer.buffer(keyring.sealer().newestPrefix())));
    }
    return old;
  }

  private Keyring rotate() {
    Keyring.rotate(hub.folder.resolve("keys"));
    return Keyring.open(hub.folder.resolve("keys"), false);
  }

  private Resealing resealing(Keyring keyring) {
    return new Resealing(hub.hub, keyring.sealer(), keyring.lookup());
  }

  private Staff staff(Keyring keyring) {
    return new Staff(hub.hub, keyring.sealer(), keyring.lookup(), hub.audit, hub.clock);
  }

  private void addPeople(int many) {
    Buffer[] hashes = new Buffer[many];
    Buffer[] addresses = new Buffer[many];
    for (int i = 0; i < many; i++) {
      hashes[i] = Buffer.buffer(hub.keyring.lookup().of("person" + i + "@people.example"));
      addresses[i] =
          Buffer.buffer(
              hub.keyring.sealer().seal("subscriber.address", "Person" + i + "@people.example"));
    }
    hub.hub.run(
        """
        INSERT INTO people.subscriber (address_hash, address_sealed, domain_hash, language, state, source,
          consent_source, created_at)
        SELECT h, s, $3, 'en', 'ACTIVE', 'import', 'a test', clock_timestamp()
        FROM unnest($1::bytea[], $2::bytea[]) AS p (h, s)
        """,
        hashes,
        addresses,
        Buffer.buffer(hub.keyring.lookup().of("people.example")));
  }

  private List<String> ask(String sql) throws SQLException {
    try (Connection superuser = TestPostgres.superuser(hub.address);
        Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answer = new ArrayList<>();
      while (rows.next()) {
        answer.add(rows.getString(1));
      }
      return answer;
    }
  }
}
