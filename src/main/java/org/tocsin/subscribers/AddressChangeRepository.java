package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code people.address_change}. */
final class AddressChangeRepository {
  private static final String INSERT =
      """
      INSERT INTO people.address_change
        (subscriber, address_hash, address_sealed, domain_hash, asked_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
      """;
  private static final String DELETE = "DELETE FROM people.address_change WHERE subscriber = $1";
  private static final String FIND = "SELECT * FROM people.address_change WHERE id = $1";
  private static final String OF = "SELECT * FROM people.address_change WHERE subscriber = $1";
  private static final String PROVE_OLD =
      "UPDATE people.address_change SET old_proved_at = coalesce(old_proved_at, $2) WHERE id = $1";
  private static final String PROVE_NEW =
      "UPDATE people.address_change SET new_proved_at = coalesce(new_proved_at, $2) WHERE id = $1";
  private static final String DELETE_EXPIRED =
      "DELETE FROM people.address_change WHERE expires_at <= $1";

  private final PeopleVault vault;

  AddressChangeRepository(PeopleVault vault) {
    this.vault = vault;
  }

  /** A change that waits. */
  record Change(
      long id,
      SubscriberId subscriber,
      EmailAddress address,
      boolean oldProved,
      boolean newProved,
      Instant expiresAt) {
    @Override
    public String toString() {
      return "Change[" + id + "]";
    }
  }

  /** Replaces an earlier wish of the same person, and with it the links in its mails. */
  long put(Tx tx, SubscriberId id, EmailAddress address, Instant now, Instant until) {
    tx.run(DELETE, id.value());
    return tx.get(
        INSERT,
        row -> row.getLong("id"),
        id.value(),
        Buffer.buffer(vault.hash(address)),
        Buffer.buffer(vault.seal(address)),
        Buffer.buffer(vault.domainHash(address)),
        SubscriberRepository.time(now),
        SubscriberRepository.time(until));
  }

  Optional<Change> find(Sql sql, long id) {
    return sql.find(FIND, this::change, id);
  }

  Optional<Change> of(Sql sql, SubscriberId id) {
    return sql.find(OF, this::change, id.value());
  }

  void prove(Tx tx, long id, PersonLinks.Side side, Instant now) {
    String sql =
        switch (side) {
          case OLD -> PROVE_OLD;
          case NEW -> PROVE_NEW;
        };
    tx.run(sql, id, SubscriberRepository.time(now));
  }

  void delete(Tx tx, SubscriberId id) {
    tx.run(DELETE, id.value());
  }

  int deleteExpired(Sql sql, Instant now) {
    return sql.run(DELETE_EXPIRED, SubscriberRepository.time(now));
  }

  private Change change(Row row) {
    return new Change(
        row.getLong("id"),
        new SubscriberId(row.getLong("subscriber")),
        vault.openAddress(row.getBuffer("address_sealed").getBytes()),
        row.getOffsetDateTime("old_proved_at") != null,
        row.getOffsetDateTime("new_proved_at") != null,
        row.getOffsetDateTime("expires_at").toInstant());
  }
}
