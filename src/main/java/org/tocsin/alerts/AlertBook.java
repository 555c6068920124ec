package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.release.Releases;

/**
 * What every change of a message has in common: one transaction, the case asked and then the chain
 * locked, and an audit entry of numbers and verbs last.
 */
public final class AlertBook {
  final Database database;
  final InstantSource clock;
  final Releases releases;
  final Cases cases;
  final CaseTeam teams;
  final Function<CaseId, List<String>> unspeakable;
  final ChainRepository chains;
  final AlertRepository alerts;
  final MessageRepository messages;
  final SendingRepository sendings = new SendingRepository();
  final ReaderRepository readers = new ReaderRepository();
  final Standstill standstill;
  final Audit audit;

  /**
   * @param unspeakable what no text about a case may hold, e.g. of a confidential filing
   */
  public AlertBook(
      Database database,
      Sealer sealer,
      InstantSource clock,
      Audit audit,
      Standstill standstill,
      Cases cases,
      CaseTeam teams,
      Function<CaseId, List<String>> unspeakable) {
    AlertVault vault = new AlertVault(sealer);
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.standstill = standstill;
    this.releases = new Releases(clock);
    this.cases = cases;
    this.teams = teams;
    this.unspeakable = unspeakable;
    this.chains = new ChainRepository(vault);
    this.alerts = new AlertRepository(vault);
    this.messages = new MessageRepository(vault);
  }

  /** What is done to a message under its chain's lock, knowing what the gate says. */
  interface Gated<T> {
    T run(Tx tx, Alert before, Gate gate);
  }

  /** One transaction, in which nobody else can touch this chain. */
  <T> T change(AlertId id, BiFunction<Tx, Alert, T> work) {
    return judged(tx -> within(tx, id, work));
  }

  /** The same in somebody else's transaction. */
  <T> T within(Tx tx, AlertId id, BiFunction<Tx, Alert, T> work) {
    return work.apply(tx, lock(tx, id));
  }

  /** The same, and neither can anybody change the case. */
  <T> T changeGated(AlertId id, Gated<T> work) {
    return judged(tx -> withinGated(tx, id, work));
  }

  <T> T withinGated(Tx tx, AlertId id, Gated<T> work) {
    Gate gate = Gate.of(cases, tx, get(tx, id).chain().caseId());
    return work.run(tx, lock(tx, id), gate);
  }

  private <T> T judged(Function<Tx, T> work) {
    try {
      return database.transaction(work);
    } catch (ConstraintViolated broken) {
      throw switch (broken.constraint()) {
        case "one_open_message" -> openMessage();
        case "chain_ended" -> ended();
        default -> broken;
      };
    }
  }

  private Alert lock(Tx tx, AlertId id) {
    chains.lockOf(tx, id);
    return get(tx, id);
  }

  Alert get(Sql sql, AlertId id) {
    return alerts.find(sql, id, now()).orElseThrow(AlertBook::noSuchAlert);
  }

  /** Call it last in the transaction. */
  Alert recorded(Tx tx, AlertId id, String actor, String verb, JsonObject facts) {
    Alert after = get(tx, id);
    audit.record(tx, actor, "alert." + verb, id.subject(), facts.put("version", after.version()));
    return after;
  }

  void requireTeam(Alert alert, StaffId staff) {
    alert.chain().caseId().ifPresent(about -> teams.require(about, staff));
  }

  /** What was submitted, if it still is what was hashed then. */
  Frozen frozen(Tx tx, Alert alert) {
    Frozen kept = alerts.frozen(tx, alert.id()).orElseThrow(Releases::contentChanged);
    if (!alert.hash().equals(Optional.of(kept.hash()))) {
      throw Releases.contentChanged();
    }
    return kept;
  }

  Instant now() {
    return clock.instant();
  }

  LocalDate today() {
    return UtcDay.of(now());
  }

  /** Refuses whatever cannot be done to a message that was released or whose chain has ended. */
  static void requireOpen(Alert alert) {
    if (alert.state() == AlertState.STOPPED || alert.state() == AlertState.CLOSED) {
      throw ended();
    }
    if (alert.type() == AlertType.STOP) {
      throw new Conflict("is_a_stop", "A stop says a fixed text and needs no review");
    }
    if (alert.release().isPresent()) {
      throw Releases.alreadyReleased();
    }
  }

  static Conflict ended() {
    return new Conflict("chain_ended", "This alert was stopped or closed");
  }

  static Conflict openMessage() {
    return new Conflict("update_open", "There is a message of this alert that is not released yet");
  }

  static NotFound noSuchAlert() {
    return new NotFound("alert");
  }

  static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
