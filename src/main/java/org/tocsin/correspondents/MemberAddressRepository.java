package org.tocsin.correspondents;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.address_change}. */
final class MemberAddressRepository {
  private static final String INSERT =
      """
      INSERT INTO members.address_change (member, address_sealed, address_hash, domain_hash, asked_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
      """;
  private static final String DELETE = "DELETE FROM members.address_change WHERE member = $1";
  private static final String FIND = "SELECT * FROM members.address_change WHERE id = $1";
  private static final String OF = "SELECT * FROM members.address_change WHERE member = $1";
  private static final String PROVE =
      """
      UPDATE members.address_change SET
        old_proved_at = CASE WHEN $2 THEN old_proved_at ELSE coalesce(old_proved_at, $3) END,
        new_proved_at = CASE WHEN $2 THEN coalesce(new_proved_at, $3) ELSE new_proved_at END
      WHERE id = $1
      """;
  private static final String DELETE_EXPIRED =
      "DELETE FROM members.address_change WHERE expires_at <= $1";

  private final MemberVault vault;

  MemberAddressRepository(MemberVault vault) {
    this.vault = vault;
  }

  /** A change that waits. */
  record Change(long id, MemberId member, EmailAddress address, boolean proved, Instant expiresAt) {
    @Override
    public String toString() {
      return "Change[" + id + "]";
    }
  }

  /** Replaces an earlier wish of the same member, and with it the links in its letters. */
  long put(Tx tx, MemberId id, EmailAddress address, Instant now, Instant until) {
    delete(tx, id);
    return tx.get(
        INSERT,
        row -> row.getLong("id"),
        id.value(),
        vault.seal(address),
        vault.hash(address),
        vault.hash(address.domain()),
        Columns.time(now),
        Columns.time(until));
  }

  Optional<Change> find(Sql sql, long id) {
    return sql.find(FIND, this::change, id);
  }

  Optional<Change> of(Sql sql, MemberId id) {
    return sql.find(OF, this::change, id.value());
  }

  void prove(Tx tx, long id, boolean byTheNew, Instant now) {
    tx.run(PROVE, id, byTheNew, Columns.time(now));
  }

  void delete(Tx tx, MemberId id) {
    tx.run(DELETE, id.value());
  }

  int deleteExpired(Sql sql, Instant now) {
    return sql.run(DELETE_EXPIRED, Columns.time(now));
  }

  private Change change(Row row) {
    return new Change(
        row.getLong("id"),
        new MemberId(row.getLong("member")),
        vault.openAddress(row.getBuffer("address_sealed")),
        row.getOffsetDateTime("old_proved_at") != null
            && row.getOffsetDateTime("new_proved_at") != null,
        row.getOffsetDateTime("expires_at").toInstant());
  }
}
