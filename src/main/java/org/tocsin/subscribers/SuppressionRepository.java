package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Reads and adds to {@code engine.suppression}: addresses nobody may write to. */
final class SuppressionRepository {
  private static final String FIND =
      "SELECT reason FROM engine.suppression WHERE address_hash = ANY($1) LIMIT 1";
  private static final String ADD =
      """
      INSERT INTO engine.suppression (address_hash, reason, at) VALUES ($1, $2, $3)
      ON CONFLICT (address_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at
      WHERE excluded.reason = 'ERASED'
      """;

  private final PeopleVault vault;

  SuppressionRepository(PeopleVault vault) {
    this.vault = vault;
  }

  Optional<String> reason(Sql sql, EmailAddress address) {
    return sql.find(
        FIND,
        row -> row.getString("reason"),
        (Object) SubscriberRepository.buffers(vault.hashes(address)));
  }

  void addErased(Tx tx, EmailAddress address, Instant now) {
    tx.run(ADD, Buffer.buffer(vault.hash(address)), "ERASED", SubscriberRepository.time(now));
  }
}
