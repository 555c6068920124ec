package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Sql;

/** Reads {@code engine.tally} for those who watch a broadcast. Runs on the hub's role. */
final class TallyRepository {
  private static final int NAMED = 10;
  private static final int LARGE = 10;

  /** $1 broadcast, $2 how many are named, $3 tries from which a domain is. */
  private static final String DOMAINS =
      """
      WITH t AS (
        SELECT g.name_sealed, CASE WHEN g.not_before > clock_timestamp() THEN g.not_before END AS closed_until,
          t.accepted, t.deferred, t.refused,
          row_number() OVER (ORDER BY t.accepted + t.deferred + t.refused < $3, t.deferred + t.refused DESC,
            t.accepted DESC, g.id) AS place,
          t.accepted + t.deferred + t.refused >= $3 AS large
        FROM engine.tally t JOIN engine.grp g ON g.id = t.grp
        WHERE t.broadcast = $1 AND g.channel = 'email')
      SELECT place, name_sealed, closed_until, accepted, deferred, refused FROM t WHERE large AND place <= $2
      UNION ALL
      SELECT NULL, NULL, NULL, sum(accepted)::int, sum(deferred)::int, sum(refused)::int FROM t
      WHERE NOT (large AND place <= $2) HAVING count(*) > 0
      ORDER BY place NULLS LAST
      """;

  private final Sealer sealer;

  TallyRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  List<DomainTally> domains(Sql sql, BroadcastId id) {
    return sql.list(DOMAINS, this::domain, id.value(), NAMED, LARGE);
  }

  private DomainTally domain(Row row) {
    return new DomainTally(
        Optional.ofNullable(row.getBuffer("name_sealed"))
            .map(Buffer::getBytes)
            .map(cipher -> sealer.open(Broadcasts.GROUP, cipher)),
        row.getInteger("accepted"),
        row.getInteger("deferred"),
        row.getInteger("refused"),
        Optional.ofNullable(row.getOffsetDateTime("closed_until")).map(OffsetDateTime::toInstant));
  }
}
