package org.tocsin.calls;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tocsin.correspondents.MemberId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code calls.answer}, to which rows are only added; words can be wiped. */
final class AnswerRepository {
  private static final String INSERT =
      "INSERT INTO calls.answer (call, member, can, note_sealed, days_sealed, at) VALUES ($1, $2, $3, $4, $5, $6)";
  private static final String OF_CALL =
      """
      SELECT * FROM (SELECT DISTINCT ON (member) * FROM calls.answer WHERE call = $1 ORDER BY member, id DESC) last
      ORDER BY can DESC, at, id
      """;
  private static final String OF_MEMBER =
      "SELECT DISTINCT ON (call) * FROM calls.answer WHERE member = $1 ORDER BY call, id DESC";
  private static final String FORGET =
      "UPDATE calls.answer SET note_sealed = $2, days_sealed = $3 WHERE member = $1";
  private static final String COUNT =
      "SELECT count(*) AS many FROM calls.answer WHERE call = $1 AND member = $2";

  private final CallVault vault;

  AnswerRepository(CallVault vault) {
    this.vault = vault;
  }

  void insert(Tx tx, CallId call, MemberId member, AnswerDraft draft, Instant now) {
    tx.run(
        INSERT,
        call.value(),
        member.value(),
        draft.can(),
        vault.sealNote(draft.note()),
        vault.sealDays(draft.days()),
        now.atOffset(ZoneOffset.UTC));
  }

  /** The last word of each: who can first, and in the order in which they said it. */
  List<Answer> ofCall(Sql sql, CallId call) {
    return sql.list(OF_CALL, this::read, call.value());
  }

  /** A volunteer's last words, by call. */
  Map<CallId, Answer> ofMember(Sql sql, MemberId member) {
    return sql
        .list(
            OF_MEMBER, row -> Map.entry(new CallId(row.getLong("call")), read(row)), member.value())
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Their words; what they answered still counts. */
  void forget(Tx tx, MemberId member) {
    tx.run(FORGET, member.value(), vault.sealNote(""), vault.sealDays(""));
  }

  /** How often somebody has spoken. */
  long count(Sql sql, CallId call, MemberId member) {
    Function<Row, Long> many = row -> row.getLong("many");
    return sql.get(COUNT, many, call.value(), member.value());
  }

  private Answer read(Row row) {
    return new Answer(
        new MemberId(row.getLong("member")),
        row.getBoolean("can"),
        vault.openNote(row.getBuffer("note_sealed")),
        vault.openDays(row.getBuffer("days_sealed")),
        row.getOffsetDateTime("at").toInstant());
  }
}
