package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Hashed;
import org.tocsin.platform.database.SealedTable.Sealed;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.staff}: seals what goes in, opens what comes out. */
final class StaffRepository {
  private static final String EMAIL = "staff.email";
  private static final String NAME = "staff.name";

  static final SealedTable SEALED_TABLE =
      new SealedTable(
          "access.staff",
          List.of(new Sealed("email_sealed", EMAIL), new Sealed("name_sealed", NAME)),
          List.of(new Hashed("email_hash", "email_sealed", email -> email)));

  private static final String INSERT =
      """
      INSERT INTO access.staff (email_hash, email_sealed, name_sealed, roles, created_at)
      VALUES ($1, $2, $3, $4, $5) RETURNING id
      """;
  private static final String REINSTATE =
      """
      UPDATE access.staff SET state = 'ACTIVE', ended_at = NULL, email_hash = $2, email_sealed = $3,
        name_sealed = $4, roles = $5 WHERE id = $1
      """;
  private static final String LOCK = "SELECT * FROM access.staff WHERE id = $1 FOR UPDATE";
  private static final String LOCK_ADDRESS =
      "SELECT * FROM access.staff WHERE email_hash = ANY ($1) FOR UPDATE";
  private static final String FIND = "SELECT * FROM access.staff WHERE id = $1";
  private static final String FIND_ADDRESS =
      "SELECT * FROM access.staff WHERE email_hash = ANY ($1)";
  private static final String LIST = "SELECT * FROM access.staff ORDER BY state, id LIMIT $1";
  private static final String LOCK_ADMINISTRATORS =
      """
      SELECT id FROM access.staff WHERE state = 'ACTIVE' AND $1 = ANY (roles) ORDER BY id FOR UPDATE
      """;
  private static final String SET_ROLES = "UPDATE access.staff SET roles = $2 WHERE id = $1";
  private static final String SET_PASSWORD =
      "UPDATE access.staff SET password_hash = $2 WHERE id = $1 AND state = 'ACTIVE'";
  private static final String END =
      """
      UPDATE access.staff SET state = 'ENDED', ended_at = $2, password_hash = NULL
      WHERE id = $1 AND state = 'ACTIVE'
      """;

  private final Sealer sealer;
  private final LookupHash lookup;

  StaffRepository(Sealer sealer, LookupHash lookup) {
    this.sealer = sealer;
    this.lookup = lookup;
  }

  /** A row with what only sign-in may see. */
  record Known(StaffMember member, boolean active, Optional<String> passwordHash) {}

  StaffId insert(Tx tx, String email, String name, Set<Role> roles, Instant now) {
    return tx.get(
        INSERT,
        row -> new StaffId(row.getLong("id")),
        Buffer.buffer(lookup.of(email)),
        seal(EMAIL, email),
        seal(NAME, name),
        words(roles),
        now.atOffset(ZoneOffset.UTC));
  }

  void reinstate(Tx tx, StaffId id, String email, String name, Set<Role> roles) {
    tx.run(
        REINSTATE,
        id.value(),
        Buffer.buffer(lookup.of(email)),
        seal(EMAIL, email),
        seal(NAME, name),
        words(roles));
  }

  Optional<Known> lock(Tx tx, StaffId id) {
    return tx.find(LOCK, this::known, id.value());
  }

  Optional<Known> lockAddress(Tx tx, String email) {
    return tx.find(LOCK_ADDRESS, this::known, (Object) hashes(email));
  }

  Optional<Known> find(Sql sql, StaffId id) {
    return sql.find(FIND, this::known, id.value());
  }

  Optional<Known> findByAddress(Sql sql, String email) {
    return sql.find(FIND_ADDRESS, this::known, (Object) hashes(email));
  }

  List<Staff.Entry> list(Sql sql, int limit) {
    return sql.list(
        LIST,
        row ->
            new Staff.Entry(
                member(row),
                row.getOffsetDateTime("created_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("ended_at"))
                    .map(OffsetDateTime::toInstant)),
        limit);
  }

  /** Locks them all, so that two of them cannot end each other at once. */
  List<StaffId> lockHolders(Tx tx, Role role) {
    return tx.list(LOCK_ADMINISTRATORS, row -> new StaffId(row.getLong("id")), role.word());
  }

  void setRoles(Tx tx, StaffId id, Set<Role> roles) {
    tx.run(SET_ROLES, id.value(), words(roles));
  }

  boolean setPassword(Tx tx, StaffId id, String hash) {
    return tx.run(SET_PASSWORD, id.value(), hash) == 1;
  }

  void end(Tx tx, StaffId id, Instant now) {
    tx.run(END, id.value(), now.atOffset(ZoneOffset.UTC));
  }

  private Known known(Row row) {
    return new Known(
        member(row),
        row.getString("state").equals("ACTIVE"),
        Optional.ofNullable(row.getString("password_hash")));
  }

  /** Reads {@code id, email_sealed, name_sealed, roles, password_hash} of any row that has them. */
  StaffMember member(Row row) {
    return new StaffMember(
        new StaffId(row.getLong("id")),
        sealer.open(EMAIL, row.getBuffer("email_sealed").getBytes()),
        sealer.open(NAME, row.getBuffer("name_sealed").getBytes()),
        roles(row.getArrayOfStrings("roles")),
        row.getString("password_hash") != null);
  }

  private Buffer seal(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  private Buffer[] hashes(String email) {
    return Arrays.stream(lookup.allOf(email)).map(Buffer::buffer).toArray(Buffer[]::new);
  }

  static String[] words(Collection<Role> roles) {
    return roles.stream().map(Role::word).sorted().toArray(String[]::new);
  }

  static Set<Role> roles(String[] words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words) {
      roles.add(
          Role.of(word).orElseThrow(() -> new IllegalStateException("no such role: " + word)));
    }
    return Set.copyOf(roles);
  }
}
