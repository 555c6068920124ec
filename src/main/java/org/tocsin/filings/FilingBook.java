package org.tocsin.filings;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.time.UtcDay;

/**
 * What every change of a filing has in common: one transaction, its case locked, the case's team
 * asked, and an audit entry of numbers and verbs last.
 */
public final class FilingBook {
  final Database database;
  final Cases cases;
  final CaseTeam teams;
  final FilingRepository filings;
  final FilingRecordRepository records;
  final Audit audit;
  private final InstantSource clock;

  public FilingBook(
      Database database,
      Sealer sealer,
      Audit audit,
      InstantSource clock,
      Cases cases,
      CaseTeam teams) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.cases = cases;
    this.teams = teams;
    FilingVault vault = new FilingVault(sealer);
    this.filings = new FilingRepository(vault);
    this.records = new FilingRecordRepository(vault);
  }

  /** What is done to a filing, as it stands under the lock of its case. */
  @FunctionalInterface
  interface Work {
    void run(Tx tx, Filing before, CaseFile file);
  }

  /**
   * @param facts numbers and state words; the audit holds no text of a filing
   */
  void change(FilingId id, StaffId staff, String verb, JsonObject facts, Work work) {
    judged(
        tx -> {
          CaseId owner = filings.find(tx, id).orElseThrow(FilingBook::noSuchFiling).caseId();
          CaseFile file = cases.lockForTeam(tx, owner, staff);
          // Read anew under the lock: its state may have changed while this waited.
          Filing before = filings.find(tx, id).orElseThrow(FilingBook::noSuchFiling);
          work.run(tx, before, file);
          record(tx, staff, verb, id, facts);
          return before;
        });
  }

  void record(Tx tx, StaffId staff, String verb, FilingId id, JsonObject facts) {
    audit.record(tx, staff.actor(), "filing." + verb, id.subject(), facts);
  }

  /** Counts from a day, where it is known, whatever the mechanism gives from there. */
  void count(
      Tx tx,
      FilingId id,
      Mechanism mechanism,
      Limit.From from,
      Optional<LocalDate> first,
      StaffId staff) {
    for (Limit limit : mechanism.limits()) {
      if (limit.from() == from && first.isPresent()) {
        LocalDate last = limit.last(first.get());
        records.addDeadline(tx, id, from.kind(), last, "", staff, now());
      }
    }
  }

  /** The database refuses by name; the names are the codes. */
  <T> T judged(Function<Tx, T> work) {
    try {
      return database.transaction(work);
    } catch (ConstraintViolated broken) {
      throw switch (broken.constraint()) {
        case "consent_missing" ->
            new Conflict("consent_missing", "Nobody consented to this complaint");
        case "known_filing_step" ->
            new Conflict("no_such_step", "The state of the filing does not allow it");
        case "stays_confidential" ->
            new Conflict("stays_confidential", "This procedure is confidential");
        case "deadline_ended" -> new Conflict("deadline_ended", "This deadline has ended already");
        case "case_sealed" -> new Conflict("case_sealed", "This case is sealed");
        case "not_on_team" ->
            new Forbidden("not_on_team", "Only the team of this case may do that");
        default -> broken;
      };
    }
  }

  Instant now() {
    return clock.instant();
  }

  LocalDate today() {
    return UtcDay.of(now());
  }

  static NotFound noSuchFiling() {
    return new NotFound("filing");
  }
}
