package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.attempt}. */
final class AttemptRepository {
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 3))";
  private static final String COUNT =
      "SELECT count(*) AS n FROM access.attempt WHERE subject_hash = ANY ($1) AND at > $2";
  private static final String INSERT =
      "INSERT INTO access.attempt (subject_hash, at) VALUES ($1, $2) RETURNING id";
  private static final String FORGIVE = "DELETE FROM access.attempt WHERE id = $1";
  private static final String FORGIVE_ALL =
      "DELETE FROM access.attempt WHERE subject_hash = ANY ($1)";
  private static final String FORGET = "DELETE FROM access.attempt WHERE at <= $1";

  void lock(Tx tx, byte[] subject) {
    tx.get(LOCK, row -> true, Buffer.buffer(subject));
  }

  int count(Tx tx, byte[][] subject, Instant after) {
    return tx.get(COUNT, row -> row.getLong("n"), buffers(subject), utc(after)).intValue();
  }

  long insert(Tx tx, byte[] subject, Instant now) {
    return tx.get(INSERT, row -> row.getLong("id"), Buffer.buffer(subject), utc(now));
  }

  void forgive(Tx tx, long id) {
    tx.run(FORGIVE, id);
  }

  void forgiveAll(Tx tx, byte[][] subject) {
    tx.run(FORGIVE_ALL, (Object) buffers(subject));
  }

  int forget(Sql sql, Instant before) {
    return sql.run(FORGET, utc(before));
  }

  private static Buffer[] buffers(byte[][] hashes) {
    return Arrays.stream(hashes).map(Buffer::buffer).toArray(Buffer[]::new);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
