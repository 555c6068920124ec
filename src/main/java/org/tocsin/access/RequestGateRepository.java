package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.request_seen} and {@code access.letter_slot}. */
final class RequestGateRepository {
  private static final String ADMIT = "SELECT people.admit_request($1, $2, $3) AS room_at";
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 28))";
  private static final String BEFORE =
      """
      SELECT at FROM access.letter_slot WHERE source_hash = $1 ORDER BY at DESC OFFSET $2 LIMIT 1
      """;
  private static final String TAKE =
      "INSERT INTO access.letter_slot (source_hash, at) VALUES ($1, $2)";
  private static final String FORGET_SEEN = "DELETE FROM access.request_seen WHERE at <= $1";
  private static final String FORGET_SLOTS = "DELETE FROM access.letter_slot WHERE at <= $1";

  /** Empty where there is room; else when there is some again. */
  Optional<Instant> admit(Tx tx, byte[] source, Instant now, int most) {
    return tx.list(
            ADMIT,
            row -> Optional.ofNullable(row.getOffsetDateTime("room_at")),
            Buffer.buffer(source),
            now.atOffset(ZoneOffset.UTC),
            most)
        .getFirst()
        .map(at -> Objects.requireNonNull(at).toInstant());
  }

  void lock(Tx tx, byte[] source) {
    tx.get(LOCK, row -> true, Buffer.buffer(source));
  }

  /** The slot that was given so many before the next. */
  Optional<Instant> before(Tx tx, byte[] source, int many) {
    return tx.find(
        BEFORE,
        row -> row.getOffsetDateTime("at").toInstant(),
        Buffer.buffer(source),
        (long) many - 1);
  }

  void take(Tx tx, byte[] source, Instant at) {
    tx.run(TAKE, Buffer.buffer(source), at.atOffset(ZoneOffset.UTC));
  }

  int forget(Sql sql, Instant before) {
    return sql.run(FORGET_SEEN, before.atOffset(ZoneOffset.UTC))
        + sql.run(FORGET_SLOTS, before.atOffset(ZoneOffset.UTC));
  }
}
