package org.tocsin.alerts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Reference;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ReleaseOrder.Mode;

/** Owns {@code alerts.chain}. Whoever changes a chain or one of its messages locks it first. */
final class ChainRepository {
  private static final String INSERT =
      """
      INSERT INTO alerts.chain (reference, case_file, mode, created_by, created_at) VALUES ($1, $2, $3, $4, $5)
      RETURNING id
      """;
  private static final String LOCK_OF =
      "SELECT id FROM alerts.chain WHERE id = (SELECT chain FROM alerts.message WHERE id = $1) FOR UPDATE";
  private static final String LOCK_OPEN =
      """
      SELECT id FROM alerts.chain WHERE case_file = $1 AND ended IS DISTINCT FROM 'STOPPED' ORDER BY id FOR UPDATE
      """;
  private static final String STOP =
      """
      UPDATE alerts.chain SET ended = 'STOPPED', reason = $2, ended_by = $3, ended_at = $4, outcome_sealed = NULL WHERE id = $1
      """;
  private static final String CONFIRM =
      "UPDATE alerts.chain SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1";
  private static final String CLOSE =
      """
      UPDATE alerts.chain SET ended = 'CLOSED', outcome_sealed = $2, ended_by = $3, ended_at = $4 WHERE id = $1
      """;

  private final AlertVault vault;

  ChainRepository(AlertVault vault) {
    this.vault = vault;
  }

  ChainId insert(
      Tx tx, Reference reference, Optional<CaseId> about, Mode mode, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        row -> new ChainId(row.getLong("id")),
        reference.text(),
        about.map(CaseId::value).orElse(null),
        mode.name(),
        by.value(),
        now.atOffset(ZoneOffset.UTC));
  }

  /** Holds all others off this message's chain until the transaction ends. */
  void lockOf(Tx tx, AlertId id) {
    tx.run(LOCK_OF, id.value());
  }

  /** All chains about a case that were not stopped, locked. */
  List<ChainId> lockOpen(Tx tx, CaseId about) {
    return tx.list(LOCK_OPEN, row -> new ChainId(row.getLong("id")), about.value());
  }

  void stop(Tx tx, ChainId id, StopReason reason, StaffId by, Instant now) {
    tx.run(STOP, id.value(), reason.name(), by.value(), now.atOffset(ZoneOffset.UTC));
  }

  void confirm(Tx tx, ChainId id, StaffId by, Instant now) {
    tx.run(CONFIRM, id.value(), by.value(), now.atOffset(ZoneOffset.UTC));
  }

  void close(Tx tx, ChainId id, String outcome, StaffId by, Instant now) {
    tx.run(CLOSE, id.value(), vault.sealOutcome(outcome), by.value(), now.atOffset(ZoneOffset.UTC));
  }
}
