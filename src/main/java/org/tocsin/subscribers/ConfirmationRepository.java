package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code people.confirmation}: how often letters were caused, by address and by source. */
final class ConfirmationRepository {
  /** One at a time in the whole cluster, or two could each see room for the last letter. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('people.confirmation', 0))";

  private static final String TO_ADDRESS =
      "SELECT count(*) AS n FROM people.confirmation WHERE address_hash = ANY($1) AND at > $2";
  private static final String FROM_SOURCE =
      "SELECT count(*) AS n FROM people.confirmation WHERE source_hash = $1 AND at > $2";
  private static final String INSERT =
      "INSERT INTO people.confirmation (address_hash, source_hash, at) VALUES ($1, $2, $3)";
  private static final String FORGET =
      "DELETE FROM people.confirmation WHERE address_hash = ANY($1)";
  private static final String DELETE_OLD = "DELETE FROM people.confirmation WHERE at <= $1";

  private final PeopleVault vault;

  ConfirmationRepository(PeopleVault vault) {
    this.vault = vault;
  }

  void lock(Tx tx) {
    tx.run(LOCK);
  }

  long toAddress(Tx tx, EmailAddress address, Instant since) {
    return tx.get(
        TO_ADDRESS,
        row -> row.getLong("n"),
        SubscriberRepository.buffers(vault.hashes(address)),
        SubscriberRepository.time(since));
  }

  long fromSource(Tx tx, byte[] source, Instant since) {
    return tx.get(
        FROM_SOURCE,
        row -> row.getLong("n"),
        Buffer.buffer(source),
        SubscriberRepository.time(since));
  }

  void insert(Tx tx, EmailAddress address, byte[] source, Instant now) {
    tx.run(
        INSERT,
        Buffer.buffer(vault.hash(address)),
        Buffer.buffer(source),
        SubscriberRepository.time(now));
  }

  void forget(Tx tx, EmailAddress address) {
    tx.run(FORGET, (Object) SubscriberRepository.buffers(vault.hashes(address)));
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_OLD, SubscriberRepository.time(limit));
  }
}
