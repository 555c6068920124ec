package org.tocsin.alerts;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alert.Held;
import org.tocsin.alerts.Chain.End;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Reference;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseId;
import org.tocsin.release.ReleaseOrder.Mode;

/** Reads {@code alerts.message}: each with its chain, its state off clock, calendar and ledger. */
final class AlertRepository {
  private static final String SELECT =
      """
      SELECT m.*, c.reference, c.case_file, c.mode, c.ended, c.reason, c.outcome_sealed, c.ended_by, c.ended_at,
        c.confirmed_by, alerts.under_way(m.id) AS under_way, alerts.reached(m.id) AS reached,
        CASE WHEN m.type = 'STOP' THEN alerts.untold(m.id) ELSE 0 END AS untold, h.begun_by AS halted_by, h.begun_at AS halted_at,
        ARRAY(SELECT e.id FROM alerts.message e WHERE e.chain = m.chain AND e.no < m.no ORDER BY e.no) AS earlier,
        EXISTS (SELECT FROM alerts.message l WHERE l.chain = m.chain AND l.no > m.no AND l.let_go_at IS NOT NULL) AS superseded
      FROM alerts.message m JOIN alerts.chain c ON c.id = m.chain LEFT JOIN engine.standstill h ON h.ended_at IS NULL
      """;
  private static final String ONE = SELECT + "WHERE m.id = $1";
  private static final String OF_CHAIN = SELECT + "WHERE m.chain = $1 ORDER BY m.no";
  private static final String OF_CASE = SELECT + "WHERE c.case_file = $1 ORDER BY m.id DESC";

  /** Alerts of a sealed case are shown to its team alone. */
  private static final String LIST =
      SELECT
          + """
          WHERE m.id < $1 AND NOT EXISTS (SELECT FROM casework.case_file f WHERE f.id = c.case_file AND f.state = 'SEALED'
            AND NOT EXISTS (SELECT FROM casework.team t WHERE t.case_file = f.id AND t.member = $3 AND t.left_at IS NULL))
          ORDER BY m.id DESC LIMIT $2
          """;

  private static final String SHOWN =
      SELECT
          + "WHERE m.let_go_at IS NOT NULL AND m.type <> 'STOP' ORDER BY m.chain DESC, m.no DESC";
  private static final String DUE =
      """
      SELECT id FROM alerts.message
      WHERE waiting AND not_before <= $1
      ORDER BY not_before, id LIMIT $2
      """;

  /**
   * Let go, its letters ended, and no member was sent one. What its endpoints took or are still
   * tried for changes nothing.
   */
  private static final String UNSENT =
      """
      SELECT m.id FROM alerts.message m JOIN alerts.chain c ON c.id = m.chain
      WHERE ($2::bigint IS NULL OR m.id = $2) AND m.state = 'RELEASED' AND NOT m.waiting AND m.type <> 'STOP' AND c.ended IS NULL
        AND NOT alerts.reached(m.id) AND NOT alerts.letters_under_way(m.id)
      ORDER BY m.id LIMIT $1
      """;

  /** For those who let alerts go: what they let go, or ($2) what anybody did. */
  private static final String STRANDED =
      SELECT
          + """
          JOIN release.release r ON r.id = m.release
          WHERE m.state = 'HELD' AND m.held_why = 'UNSENT' AND c.ended IS NULL AND ($2 OR r.released_by = $1)
            AND NOT EXISTS (SELECT FROM alerts.message l WHERE l.chain = m.chain AND l.no > m.no AND l.let_go_at IS NOT NULL)
          ORDER BY m.held_at
          """;

  private static final String FROZEN =
      "SELECT frozen_sealed FROM alerts.message WHERE id = $1 AND frozen_sealed IS NOT NULL";

  private final AlertVault vault;

  AlertRepository(AlertVault vault) {
    this.vault = vault;
  }

  Optional<Alert> find(Sql sql, AlertId id, Instant now) {
    return sql.find(ONE, row -> read(row, now), id.value());
  }

  /** In the order of the chain. */
  List<Alert> ofChain(Sql sql, ChainId chain, Instant now) {
    return sql.list(OF_CHAIN, row -> read(row, now), chain.value());
  }

  /** Newest first. */
  List<Alert> ofCase(Sql sql, CaseId about, Instant now) {
    return sql.list(OF_CASE, row -> read(row, now), about.value());
  }

  /** Newest first, those before a message's number. */
  List<Alert> list(Sql sql, StaffId viewer, long before, int limit, Instant now) {
    return sql.list(LIST, row -> read(row, now), before, limit, viewer.value());
  }

  /** All that was ever let go, chain by chain, newest first. */
  List<Shown> shown(Sql sql, Instant now) {
    return sql.list(
        SHOWN, row -> new Shown(read(row, now), vault.openFrozen(row.getBuffer("frozen_sealed"))));
  }

  /** A message that members may be reading. */
  record Shown(Alert alert, Frozen frozen) {}

  /** Whose time has come. */
  List<AlertId> due(Sql sql, Instant now, int limit) {
    return sql.list(DUE, row -> new AlertId(row.getLong("id")), time(now), limit);
  }

  /** Which letters ended without having reached a member. */
  List<AlertId> unsent(Sql sql, int limit) {
    return sql.list(UNSENT, row -> new AlertId(row.getLong("id")), limit, null);
  }

  boolean unsent(Sql sql, AlertId id) {
    return sql.find(UNSENT, row -> row.getLong("id"), 1, id.value()).isPresent();
  }

  /**
   * Held because no member was sent them; the first held first.
   *
   * @param all whoever released them
   */
  List<Alert> stranded(Sql sql, StaffId releaser, boolean all, Instant now) {
    return sql.list(STRANDED, row -> read(row, now), releaser.value(), all);
  }

  Optional<Frozen> frozen(Sql sql, AlertId id) {
    return sql.find(FROZEN, row -> vault.openFrozen(row.getBuffer("frozen_sealed")), id.value());
  }

  private Alert read(Row row, Instant now) {
    @Nullable Buffer hash = row.getBuffer("content_hash");
    AlertState state = state(row, now);
    boolean halted = isHalted(row, state);
    return new Alert(
        new AlertId(row.getLong("id")),
        chain(row),
        AlertType.valueOf(row.getString("type")),
        row.getInteger("no"),
        Arrays.stream(row.getArrayOfLongs("earlier")).map(AlertId::new).toList(),
        halted ? AlertState.HELD : state,
        vault.openDraft(row.getBuffer("draft_sealed")),
        row.getInteger("version"),
        Optional.ofNullable(hash).map(bytes -> ContentHash.of(bytes.getBytes())),
        vault.openReturned(row.getBuffer("returned_sealed")),
        Optional.ofNullable(row.getLong("approval")).map(ApprovalId::new),
        Optional.ofNullable(row.getLong("release")).map(ReleaseId::new),
        instant(row, "not_before"),
        instant(row, "let_go_at"),
        instant(row, "told_at").isPresent(),
        row.getBoolean("superseded"),
        row.getBoolean("reached"),
        row.getLong("untold"),
        halted ? Optional.of(halted(row, state)) : held(row),
        staff(row, "created_by"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private Chain chain(Row row) {
    return new Chain(
        new ChainId(row.getLong("chain")),
        new Reference(row.getString("reference")),
        Optional.ofNullable(row.getLong("case_file")).map(CaseId::new),
        Mode.valueOf(row.getString("mode")),
        Optional.ofNullable(row.getString("ended"))
            .map(
                how ->
                    new End(
                        how.equals("STOPPED"),
                        Optional.ofNullable(row.getString("reason")).map(StopReason::valueOf),
                        vault.openOutcome(row.getBuffer("outcome_sealed")),
                        new StaffId(row.getLong("ended_by")),
                        row.getOffsetDateTime("ended_at").toInstant(),
                        staff(row, "confirmed_by"))));
  }

  private static Optional<Held> held(Row row) {
    return instant(row, "held_at")
        .map(
            at ->
                new Held(
                    AlertState.valueOf(row.getString("held_from")),
                    Alert.Why.valueOf(row.getString("held_why")),
                    staff(row, "held_by"),
                    at,
                    staff(row, "resumed_by")));
  }

  /** Everything is on hold, and it is not out yet. A stop goes on. */
  private static boolean isHalted(Row row, AlertState state) {
    return row.getOffsetDateTime("halted_at") != null
        && !row.getString("type").equals("STOP")
        && (state == AlertState.SCHEDULED || state == AlertState.RELEASING);
  }

  private static Held halted(Row row, AlertState from) {
    return new Held(
        from,
        Alert.Why.EVERYTHING,
        staff(row, "halted_by"),
        row.getOffsetDateTime("halted_at").toInstant(),
        Optional.empty());
  }

  /**
   * The stop is not stopped by itself. What was let go is RELEASING until the ledger says that it
   * reached a member; that it reached none makes it HELD, see {@link Launch#round}. A stop may have
   * nobody to tell, and once it is over {@link Alert#untold} says whether all were told.
   */
  private static AlertState state(Row row, Instant now) {
    String stored = row.getString("state");
    String ended = row.getString("ended");
    if (ended != null && !row.getString("type").equals("STOP")) {
      return AlertState.valueOf(ended);
    }
    if (!stored.equals("RELEASED")) {
      return AlertState.valueOf(stored);
    }
    if (row.getBoolean("waiting")) {
      return AlertState.SCHEDULED;
    }
    if (row.getBoolean("under_way")
        || (!row.getBoolean("reached") && !row.getString("type").equals("STOP"))) {
      return AlertState.RELEASING;
    }
    LocalDate actBy = row.getLocalDate("act_by");
    return actBy != null && UtcDay.of(now).isAfter(actBy) ? AlertState.EXPIRED : AlertState.ACTIVE;
  }

  private static Optional<StaffId> staff(Row row, String column) {
    return Optional.ofNullable(row.getLong(column)).map(StaffId::new);
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
