package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tocsin.access.Idempotency.Marked;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.idempotency}. */
final class IdempotencyRepository {
  private static final String TRY_LOCK =
      """
      SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || encode($2, 'hex'), 5)) AS got
      """;
  private static final String FIND =
      "SELECT * FROM access.idempotency WHERE scope = $1 AND key_digest = $2";
  private static final String CLAIM =
      """
      INSERT INTO access.idempotency (scope, key_digest, body_digest, claim, claimed_at)
      VALUES ($1, $2, $3, nextval('access.idempotency_claim'), $4)
      ON CONFLICT (scope, key_digest) DO UPDATE SET body_digest = EXCLUDED.body_digest,
        claim = EXCLUDED.claim, claimed_at = EXCLUDED.claimed_at, status = NULL, answer = NULL
      RETURNING claim
      """;
  private static final String ANSWER =
      """
      UPDATE access.idempotency SET status = $4, answer = $5
      WHERE scope = $1 AND key_digest = $2 AND claim = $3 AND status IS NULL
      """;
  private static final String ABANDON =
      """
      DELETE FROM access.idempotency
      WHERE scope = $1 AND key_digest = $2 AND claim = $3 AND status IS NULL
      """;
  private static final String FORGET = "DELETE FROM access.idempotency WHERE claimed_at <= $1";

  /** What is known of a key; without an answer it is a claim. */
  record Row(byte[] bodyDigest, Instant claimedAt, int status, Optional<byte[]> answer) {
    boolean sameBody(Marked request) {
      return MessageDigest.isEqual(bodyDigest, request.body());
    }
  }

  /** False while another transaction is at work with the same key: that one is not waited for. */
  boolean tryLock(Tx tx, Marked request) {
    return tx.get(TRY_LOCK, row -> row.getBoolean("got"), request.scope(), key(request));
  }

  Optional<Row> find(Sql sql, Marked request) {
    return sql.find(
        FIND,
        row ->
            new Row(
                row.getBuffer("body_digest").getBytes(),
                row.getOffsetDateTime("claimed_at").toInstant(),
                row.getShort("status") == null ? 0 : row.getShort("status"),
                Optional.ofNullable(row.getBuffer("answer")).map(Buffer::getBytes)),
        request.scope(),
        key(request));
  }

  long claim(Tx tx, Marked request, Instant now) {
    return tx.get(
        CLAIM,
        row -> row.getLong("claim"),
        request.scope(),
        key(request),
        Buffer.buffer(request.body()),
        utc(now));
  }

  boolean answer(Tx tx, Marked request, long claim, int status, byte[] answer) {
    return tx.run(
            ANSWER, request.scope(), key(request), claim, (short) status, Buffer.buffer(answer))
        == 1;
  }

  void abandon(Sql sql, Marked request, long claim) {
    sql.run(ABANDON, request.scope(), key(request), claim);
  }

  int forget(Sql sql, Instant before) {
    return sql.run(FORGET, utc(before));
  }

  private static Buffer key(Marked request) {
    return Buffer.buffer(request.key());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
