package org.tocsin.cases;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * What every change of a case has in common: one transaction, the case locked, its team asked, and
 * an audit entry of numbers and verbs last.
 */
public final class Casebook {
  /** What the audit calls a list of cases. */
  static final String ALL = "cases";

  final Database database;
  final InstantSource clock;
  final Audit audit;
  final CaseVault vault;
  final CaseRepository cases;
  final TeamRepository teams = new TeamRepository();

  public Casebook(Database database, Sealer sealer, Audit audit, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.vault = new CaseVault(sealer);
    this.cases = new CaseRepository(vault);
  }

  /** A change of what the case is judged by: its version rises. */
  void change(
      CaseId id, StaffId staff, String verb, JsonObject facts, BiConsumer<Tx, CaseFile> work) {
    addTo(
        id,
        staff,
        verb,
        facts,
        (tx, before) -> {
          work.accept(tx, before);
          cases.touch(tx, id, now());
        });
  }

  /**
   * What is kept of a case is added by its team alone, and not once it is sealed; for features
   * above too.
   *
   * @param facts numbers and state words; the audit holds no case text
   */
  public void addTo(
      CaseId id, StaffId staff, String verb, JsonObject facts, BiConsumer<Tx, CaseFile> work) {
    try {
      database.inTransaction(
          tx -> {
            CaseFile before = lockForTeam(tx, id, staff);
            requireOpen(before);
            work.accept(tx, before);
            audit.record(tx, staff.actor(), "case." + verb, id.subject(), facts);
          });
    } catch (ConstraintViolated broken) {
      throw refusal(broken);
    }
  }

  CaseFile lockForTeam(Tx tx, CaseId id, StaffId staff) {
    CaseFile found = cases.lock(tx, id).orElseThrow(Casebook::noSuchCase);
    if (!teams.includes(tx, id, staff)) {
      throw found.state() == WorkState.SEALED ? noSuchCase() : notOnTeam();
    }
    return found;
  }

  static void requireOpen(CaseFile found) {
    if (found.state() == WorkState.SEALED) {
      throw new Conflict("case_sealed", "This case is sealed");
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** The database refuses by name; the names are the codes. */
  static RuntimeException refusal(ConstraintViolated broken) {
    return switch (broken.constraint()) {
      case "checks_missing", "sources_missing", "consent_missing", "risk_note_missing" ->
          new Conflict(
              broken.constraint(), "The case does not have yet all that an active case needs");
      case "confirmer_wrote_it" ->
          new Forbidden(
              "confirmer_wrote_it", "A case is confirmed by somebody who wrote none of it");
      case "known_step" -> new Conflict("no_such_step", "The state of the case does not allow it");
      case "not_on_team" -> notOnTeam();
      case "case_sealed" -> new Conflict("case_sealed", "This case is sealed");
      default -> broken;
    };
  }

  static Conflict versionChanged() {
    return new Conflict(
        "version_changed",
        "Somebody else changed this case since you opened it; nothing was overwritten");
  }

  static HubException notOnTeam() {
    return new Forbidden("not_on_team", "Only the team of this case may do that");
  }

  static NotFound noSuchCase() {
    return new NotFound("case");
  }
}
