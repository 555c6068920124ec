package org.tocsin.publications;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.publications.Hold.Cleared;
import org.tocsin.release.ContentHash;

/** Owns {@code publications.hold} and {@code publications.clearance}, which only ever grow. */
final class HoldRepository {
  private static final String INSERT =
      "INSERT INTO publications.hold (newsletter, content_hash, found, at) VALUES ($1, $2, $3, $4)"
          + " RETURNING id";
  private static final String LATEST =
      """
      SELECT h.id, h.found, c.cleared_by, c.found AS cleared_found, c.at AS cleared_at
      FROM publications.hold h LEFT JOIN publications.clearance c ON c.hold = h.id
      WHERE h.newsletter = $1 AND h.content_hash = $2 ORDER BY h.id DESC LIMIT 1
      """;
  private static final String CLEAR =
      "INSERT INTO publications.clearance (hold, found, cleared_by, at) VALUES ($1, $2, $3, $4)";

  /** Somebody looked, at so many places. */
  void insert(Tx tx, NewsletterId id, ContentHash hash, int found, StaffId by, Instant now) {
    long hold =
        tx.get(
            INSERT,
            row -> row.getLong("id"),
            id.value(),
            Buffer.buffer(hash.bytes()),
            found,
            now.atOffset(ZoneOffset.UTC));
    if (found > 0) {
      tx.run(CLEAR, hold, found, by.value(), now.atOffset(ZoneOffset.UTC));
    }
  }

  /** The last one of exactly this text. */
  Optional<Hold> latest(Sql sql, NewsletterId id, ContentHash hash) {
    return sql.find(LATEST, HoldRepository::read, id.value(), Buffer.buffer(hash.bytes()));
  }

  private static Hold read(Row row) {
    return new Hold(
        row.getLong("id"),
        row.getInteger("found"),
        Optional.ofNullable(row.getLong("cleared_by"))
            .map(
                by ->
                    new Cleared(
                        new StaffId(by),
                        row.getInteger("cleared_found"),
                        row.getOffsetDateTime("cleared_at").toInstant())));
  }
}
