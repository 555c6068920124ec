package org.tocsin.alerts;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tocsin.correspondents.MemberId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code alerts.report}. */
final class ReportRepository {
  private static final String INSERT =
      """
      INSERT INTO alerts.report (chain, member, way, done_on, target_sealed, reply_sealed, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String OF_CHAIN =
      "SELECT * FROM alerts.report WHERE chain = $1 ORDER BY id DESC LIMIT $2";
  private static final String OF_MEMBER =
      "SELECT * FROM alerts.report WHERE chain = $1 AND member = $2 ORDER BY id DESC LIMIT $3";
  private static final String COUNTS =
      "SELECT way, count(*) AS many FROM alerts.report WHERE chain = $1 GROUP BY way";

  private static final String FORGET =
      "UPDATE alerts.report SET target_sealed = $2, reply_sealed = $3 WHERE member = $1";

  private final AlertVault vault;

  ReportRepository(AlertVault vault) {
    this.vault = vault;
  }

  void insert(Tx tx, ChainId chain, MemberId member, ReportDraft draft, Instant now) {
    tx.run(
        INSERT,
        chain.value(),
        member.value(),
        draft.way().name(),
        draft.on(),
        vault.sealReportTarget(draft.target()),
        vault.sealReportReply(draft.reply()),
        now.atOffset(ZoneOffset.UTC));
  }

  /** Newest first. */
  List<ActionReport> ofChain(Sql sql, ChainId chain, int limit) {
    return sql.list(OF_CHAIN, this::read, chain.value(), limit);
  }

  /** Newest first. */
  List<ActionReport> ofMember(Sql sql, ChainId chain, MemberId member, int limit) {
    return sql.list(OF_MEMBER, this::read, chain.value(), member.value(), limit);
  }

  /** Their words; what they did still counts. */
  void forget(Tx tx, MemberId member) {
    tx.run(FORGET, member.value(), vault.sealReportTarget(""), vault.sealReportReply(""));
  }

  Map<ActionReport.Way, Long> counts(Sql sql, ChainId chain) {
    Map<ActionReport.Way, Long> counts = new EnumMap<>(ActionReport.Way.class);
    sql.list(
            COUNTS,
            row -> Map.entry(ActionReport.Way.valueOf(row.getString("way")), row.getLong("many")),
            chain.value())
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  private ActionReport read(Row row) {
    return new ActionReport(
        row.getLong("id"),
        new MemberId(row.getLong("member")),
        ActionReport.Way.valueOf(row.getString("way")),
        row.getLocalDate("done_on"),
        vault.openReportTarget(row.getBuffer("target_sealed")),
        vault.openReportReply(row.getBuffer("reply_sealed")),
        row.getOffsetDateTime("at").toInstant());
  }
}
