package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.correspondents.Areas;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.release.Releases;

/**
 * What every change of a call has in common: one transaction, the call locked, and an audit entry
 * of numbers and verbs last.
 */
public final class CallBook {
  final Database database;
  final InstantSource clock;
  final Releases releases;
  final Areas areas;
  final CallRepository calls;
  final AnswerRepository answers;
  final Audit audit;
  final Standstill standstill;

  public CallBook(
      Database database,
      Sealer sealer,
      InstantSource clock,
      Audit audit,
      Standstill standstill,
      Areas areas) {
    CallVault vault = new CallVault(sealer);
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.standstill = standstill;
    this.areas = areas;
    this.releases = new Releases(clock);
    this.calls = new CallRepository(vault);
    this.answers = new AnswerRepository(vault);
  }

  /** One transaction, in which nobody else can touch this call. */
  <T> T change(CallId id, BiFunction<Tx, Call, T> work) {
    return judged(tx -> within(tx, id, work));
  }

  /** The same in somebody else's transaction. */
  <T> T within(Tx tx, CallId id, BiFunction<Tx, Call, T> work) {
    calls.lock(tx, id);
    return work.apply(tx, get(tx, id));
  }

  /** The database refuses by name; the names are the codes. */
  <T> T judged(Function<Tx, T> work) {
    try {
      return database.transaction(work);
    } catch (ConstraintViolated broken) {
      throw switch (broken.constraint()) {
        case "call_over" -> over();
        case "call_filled" -> new Conflict("call_filled", "Enough have said that they can");
        case "call_closed" -> closed();
        default -> broken;
      };
    }
  }

  Call get(Sql sql, CallId id) {
    return calls.find(sql, id, now()).orElseThrow(CallBook::noSuchCall);
  }

  /** Call it last in the transaction. */
  Call recorded(Tx tx, CallId id, String actor, String verb, JsonObject facts) {
    Call after = get(tx, id);
    audit.record(tx, actor, "call." + verb, id.subject(), facts.put("version", after.version()));
    return after;
  }

  /** What was submitted, if it still is what was hashed then. */
  FrozenCall frozen(Tx tx, Call call) {
    FrozenCall kept = calls.frozen(tx, call.id()).orElseThrow(Releases::contentChanged);
    if (!call.hash().map(kept.hash()::equals).orElse(false)) {
      throw Releases.contentChanged();
    }
    return kept;
  }

  Instant now() {
    return clock.instant();
  }

  /** Refuses whatever cannot be done to a call that was released or closed. */
  static void requireOpen(Call call) {
    if (call.closed().isPresent()) {
      throw closed();
    }
    if (call.sent().isPresent()) {
      throw Releases.alreadyReleased();
    }
  }

  void requireTime(CallDraft draft) {
    if (!draft.answerBy().isAfter(now())) {
      throw new Conflict("answer_by_passed", "The answer-by time is over; choose a later one");
    }
  }

  static Conflict closed() {
    return new Conflict("call_closed", "This call was closed");
  }

  static Conflict over() {
    return new Conflict("call_over", "This call is over");
  }

  static NotFound noSuchCall() {
    return new NotFound("call");
  }

  static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
