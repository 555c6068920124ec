package org.tocsin.broadcasts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.Standstill.Standing;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code engine.standstill}, and halts broadcasts. Runs on the hub's role. */
final class StandstillRepository {
  /** The trigger {@code stand_still} takes it shared, for whoever starts something. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('engine.standstill'))";

  private static final String LOCK_SHARED =
      "SELECT pg_advisory_xact_lock_shared(hashtext('engine.standstill'))";
  private static final String CURRENT =
      "SELECT id, begun_by, begun_at, asked_by FROM engine.standstill WHERE ended_at IS NULL";
  private static final String BEGIN =
      "INSERT INTO engine.standstill (begun_by, begun_at) VALUES ($1, $2)";
  private static final String ASK =
      "UPDATE engine.standstill SET asked_by = $2, asked_at = $3 WHERE id = $1";
  private static final String FORGET_ASKED =
      "UPDATE engine.standstill SET asked_by = NULL, asked_at = NULL WHERE id = $1";
  private static final String END =
      "UPDATE engine.standstill SET ended_by = $2, ended_at = $3 WHERE id = $1";
  private static final String HALT =
      """
      UPDATE engine.broadcast SET state = 'PAUSED', halted_at = clock_timestamp(), control_epoch = control_epoch + 1
      WHERE state IN ('SNAPSHOTTING', 'RUNNING') AND engine.may_be_halted(lane, kind)
      RETURNING id
      """;

  /** It is tried for as long as it would have been. */
  private static final String GO_ON =
      """
      UPDATE engine.broadcast SET halted_at = NULL, control_epoch = control_epoch + 1,
        expires_at = CASE WHEN ends_on_time THEN expires_at ELSE expires_at + (clock_timestamp() - halted_at) END,
        state = CASE WHEN held THEN 'PAUSED' WHEN started_at IS NULL THEN 'SNAPSHOTTING' ELSE 'RUNNING' END
      WHERE halted_at IS NOT NULL
      RETURNING id
      """;

  void lock(Tx tx) {
    tx.run(LOCK);
  }

  void lockShared(Tx tx) {
    tx.run(LOCK_SHARED);
  }

  Optional<Standing> current(Sql sql) {
    return sql.find(
        CURRENT,
        row ->
            new Standing(
                row.getLong("id"),
                new StaffId(row.getLong("begun_by")),
                row.getOffsetDateTime("begun_at").toInstant(),
                Optional.ofNullable(row.getLong("asked_by")).map(StaffId::new)));
  }

  void begin(Tx tx, StaffId by, Instant now) {
    tx.run(BEGIN, by.value(), time(now));
  }

  void ask(Tx tx, long id, StaffId by, Instant now) {
    tx.run(ASK, id, by.value(), time(now));
  }

  void forgetAsked(Tx tx, long id) {
    tx.run(FORGET_ASKED, id);
  }

  void end(Tx tx, long id, StaffId by, Instant now) {
    tx.run(END, id, by.value(), time(now));
  }

  List<BroadcastId> halt(Tx tx) {
    return tx.list(HALT, row -> new BroadcastId(row.getLong("id")));
  }

  List<BroadcastId> goOn(Tx tx) {
    return tx.list(GO_ON, row -> new BroadcastId(row.getLong("id")));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
