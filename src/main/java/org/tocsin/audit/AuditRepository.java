package org.tocsin.audit;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.ZoneOffset;
import java.util.List;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code audit.entry} and {@code audit.head}. */
final class AuditRepository {
  private static final String LOCK_HEAD = "SELECT no, hash FROM audit.head FOR UPDATE";
  private static final String INSERT =
      """
      WITH moved AS (UPDATE audit.head SET no = $1, hash = $8)
      INSERT INTO audit.entry (no, at, actor, action, subject, detail, previous, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String AFTER =
      "SELECT * FROM audit.entry WHERE no > $1 ORDER BY no LIMIT $2";
  private static final String LATEST =
      """
      SELECT * FROM audit.entry
      WHERE ($1 = '' OR actor = $1)
        AND ($2 = '' OR action = $2 OR starts_with(action, $2 || '.'))
        AND ($3 = '' OR subject = $3)
        AND no < $4
        AND action <> ALL ($6)
      ORDER BY no DESC LIMIT $5
      """;
  private static final String HISTORY =
      """
      SELECT * FROM audit.entry
      WHERE subject = $1 AND NOT starts_with(action, $2) AND action <> ALL ($4)
      ORDER BY no DESC LIMIT $3
      """;
  private static final String HEAD = "SELECT no, hash FROM audit.head";

  /** The last link's number and hash. */
  record Head(long no, byte[] hash) {
    static Head of(Row row) {
      return new Head(row.getLong("no"), row.getBuffer("hash").getBytes());
    }
  }

  Head lockHead(Tx tx) {
    return tx.get(LOCK_HEAD, Head::of);
  }

  Head head(Sql sql) {
    return sql.get(HEAD, Head::of);
  }

  void insert(Tx tx, AuditEntry entry) {
    tx.run(
        INSERT,
        entry.no(),
        entry.at().atOffset(ZoneOffset.UTC),
        entry.actor(),
        entry.action(),
        entry.subject(),
        entry.detail(),
        Buffer.buffer(entry.previous()),
        Buffer.buffer(entry.hash()));
  }

  List<AuditEntry> after(Sql sql, long no, int limit) {
    return sql.list(AFTER, AuditRepository::entry, no, limit);
  }

  List<AuditEntry> latest(Sql sql, Audit.Filter filter, long before, int limit, Audit.Sight sight) {
    return sql.list(
        LATEST,
        AuditRepository::entry,
        filter.actor(),
        filter.action(),
        filter.subject(),
        before,
        limit,
        hidden(sight));
  }

  List<AuditEntry> history(Sql sql, String subject, String without, int limit, Audit.Sight sight) {
    return sql.list(HISTORY, AuditRepository::entry, subject, without, limit, hidden(sight));
  }

  private static Object hidden(Audit.Sight sight) {
    return switch (sight) {
      case WITH_CASES -> new String[0];
      case WITHOUT_CASES -> CaseFacts.ENTRIES.toArray(String[]::new);
    };
  }

  private static AuditEntry entry(Row row) {
    return new AuditEntry(
        row.getLong("no"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"),
        row.getBuffer("previous").getBytes(),
        row.getBuffer("hash").getBytes());
  }
}
