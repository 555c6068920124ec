package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;

/**
 * Reads the audience of a send: its members on the hub's role, each as the courier may see them.
 */
final class MemberAddresseeRepository {
  private static final String MEMBERS =
      """
      SELECT id, refused_sealed FROM members.member
      WHERE id > $1 AND audience = ANY($2) AND state = 'ACTIVE' AND (travel_until IS NULL OR travel_until <= $3)
        AND (cardinality($4::text[]) = 0 OR areas && $4)
      ORDER BY id LIMIT $5
      """;
  private static final String ADDRESSEES =
      """
      SELECT id, address_sealed, language, state, refused_sealed, travel_until, frequency
      FROM members.addressee WHERE id = ANY($1)
      """;

  /** Somebody who may get a message, unless what they refused says otherwise. */
  record Candidate(long member, Buffer refused) {}

  /** A row of the courier's view, still sealed; empty where the member was erased. */
  record ClosedAddressee(
      long id,
      Optional<Buffer> address,
      String language,
      MemberState state,
      Optional<Buffer> refused,
      Optional<Instant> travelUntil,
      Wishes.Frequency frequency) {
    static ClosedAddressee of(Row row) {
      return new ClosedAddressee(
          row.getLong("id"),
          Optional.ofNullable(row.getBuffer("address_sealed")),
          row.getString("language"),
          MemberState.valueOf(row.getString("state")),
          Optional.ofNullable(row.getBuffer("refused_sealed")),
          Columns.instant(row.getOffsetDateTime("travel_until")),
          Wishes.Frequency.valueOf(row.getString("frequency")));
    }
  }

  List<Candidate> candidates(
      Sql sql, MemberSelection.Wanted wanted, long after, Instant now, int limit) {
    return sql.list(
        MEMBERS,
        row -> new Candidate(row.getLong("id"), row.getBuffer("refused_sealed")),
        after,
        wanted.circles().stream().map(Circle::word).toArray(String[]::new),
        Columns.time(now),
        wanted.areas().toArray(String[]::new),
        limit);
  }

  List<ClosedAddressee> addressees(Sql courier, List<Long> ids) {
    return courier.list(ADDRESSEES, ClosedAddressee::of, (Object) ids.toArray(Long[]::new));
  }
}
