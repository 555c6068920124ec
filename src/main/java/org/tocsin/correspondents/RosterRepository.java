package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.roster_entry}. */
final class RosterRepository {
  private static final String BY_ID =
      "SELECT id, entry_sealed FROM members.roster_entry WHERE id = $1";
  private static final String BY_KEY =
      "SELECT id, entry_sealed FROM members.roster_entry WHERE entry_hash = ANY($1) FOR UPDATE";
  private static final String BY_NAME =
      "SELECT id, entry_sealed FROM members.roster_entry WHERE name_hash = ANY($1) ORDER BY id LIMIT 20";
  private static final String BY_ADDRESS =
      "SELECT id, entry_sealed FROM members.roster_entry WHERE address_hash = ANY($1) ORDER BY id LIMIT 20";
  private static final String INSERT =
      """
      INSERT INTO members.roster_entry (academy, entry_sealed, entry_hash, name_hash, address_hash, imported_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String UPDATE =
      "UPDATE members.roster_entry SET entry_sealed = $2, name_hash = $3, imported_at = $4 WHERE id = $1";
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('members.roster_entry', 0))";
  private static final String COUNT =
      "SELECT academy, count(*) AS n FROM members.roster_entry GROUP BY academy ORDER BY academy";

  private final MemberVault vault;

  RosterRepository(MemberVault vault) {
    this.vault = vault;
  }

  /** A row and its number. */
  record Listed(long id, RosterEntry entry) {}

  Optional<Listed> find(Sql sql, long id) {
    return sql.find(BY_ID, this::listed, id);
  }

  List<Listed> byName(Sql sql, Academy academy, String name) {
    return sql.list(
        BY_NAME, this::listed, (Object) vault.hashes(RosterEntry.folded(academy, name)));
  }

  List<Listed> byAddress(Sql sql, EmailAddress address) {
    return sql.list(BY_ADDRESS, this::listed, (Object) vault.hashes(address));
  }

  /** One import at a time, or two could each miss what the other adds. */
  void lock(Tx tx) {
    tx.run(LOCK);
  }

  Optional<Listed> known(Tx tx, RosterEntry entry) {
    return tx.find(BY_KEY, this::listed, (Object) vault.hashes(entry.entryKey()));
  }

  void insert(Tx tx, RosterEntry entry, Instant now) {
    tx.run(
        INSERT,
        entry.academy().name(),
        vault.seal(entry),
        vault.hash(entry.entryKey()),
        vault.hash(entry.nameKey()),
        vault.hash(entry.address()),
        Columns.time(now));
  }

  void update(Tx tx, long id, RosterEntry entry, Instant now) {
    tx.run(UPDATE, id, vault.seal(entry), vault.hash(entry.nameKey()), Columns.time(now));
  }

  List<Listing> count(Sql sql) {
    return sql.list(
        COUNT, row -> new Listing(Academy.valueOf(row.getString("academy")), row.getLong("n")));
  }

  private Listed listed(Row row) {
    Buffer closed = row.getBuffer("entry_sealed");
    return new Listed(row.getLong("id"), vault.openEntry(closed));
  }
}
