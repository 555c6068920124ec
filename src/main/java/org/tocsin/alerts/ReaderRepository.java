package org.tocsin.alerts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.tocsin.correspondents.MemberId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code alerts.reader}: who read something of a chain in the portal. */
final class ReaderRepository {
  /** Who is noted waits for whoever changes the chain, and the other way round: its key is used. */
  private static final String NOTE =
      """
      INSERT INTO alerts.reader (chain, member, at) SELECT chain, $2, $3 FROM unnest($1::bigint[]) AS chain ORDER BY chain
      ON CONFLICT DO NOTHING
      """;

  private static final String OF_CHAIN =
      "SELECT member FROM alerts.reader WHERE chain = $1 ORDER BY member";
  private static final String FORGET = "DELETE FROM alerts.reader WHERE member = $1";

  /** Whether any of these was new to them. */
  boolean note(Sql sql, List<ChainId> chains, MemberId member, Instant now) {
    Long[] ids = chains.stream().map(ChainId::value).toArray(Long[]::new);
    return sql.run(NOTE, ids, member.value(), now.atOffset(ZoneOffset.UTC)) > 0;
  }

  List<Long> ofChain(Sql sql, ChainId chain) {
    return sql.list(OF_CHAIN, row -> row.getLong("member"), chain.value());
  }

  void forget(Tx tx, MemberId member) {
    tx.run(FORGET, member.value());
  }
}
