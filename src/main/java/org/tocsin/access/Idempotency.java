package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tocsin.access.IdempotencyRepository.Row;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;

/**
 * The answer once given to an Idempotency-Key, for a day: the same key and body get the same
 * answer, and the effect happens once.
 *
 * <p>Invariant: an answer is committed in the same transaction as its effect or not at all. Where
 * the effect is work on the hub's database, {@link #once} puts key, effect and answer into one
 * transaction, which the transactions of the features join. Where something slow must come before
 * (a call over the network), {@link #begin} leaves a claim, and {@link #finish} turns it into the
 * answer inside the transaction of the effect. A claim that a crash left behind is taken over after
 * {@link #CLAIM}; its number is a fence, so that the one who was only slow rolls back instead of
 * doing it a second time.
 */
public final class Idempotency {
  static final Duration KEPT = Duration.ofHours(24);
  static final Duration CLAIM = Duration.ofMinutes(2);
  private static final int LONGEST_KEY = 255;
  private static final String ANSWER = "idempotency.answer";
  static final SealedTable SEALED_TABLE =
      new SealedTable("access.idempotency", List.of(new Sealed("answer", ANSWER)), List.of());

  private final Database database;
  private final Sealer sealer;
  private final OpaqueIds marks;
  private final InstantSource clock;
  private final IdempotencyRepository rows = new IdempotencyRepository();

  public Idempotency(Database database, Sealer sealer, OpaqueIds marks, InstantSource clock) {
    this.database = database;
    this.sealer = sealer;
    this.marks = marks;
    this.clock = clock;
  }

  /**
   * One request that carries a key. Whoever asks may be known by an address alone, and a body may
   * hold one, so all three are kept as keyed marks.
   *
   * @param scope who asks and at what address, e.g. {@code staff:7 /api/v1/newsletters}; nobody
   *     meets another's keys
   */
  public record Request(String scope, String key, String body) {
    public Request {
      if (key.isBlank()
          || key.length() > LONGEST_KEY
          || !key.chars().allMatch(sign -> sign > ' ' && sign < 0x7f)) {
        throw new Invalid(
            "Idempotency-Key", "Use 1 to " + LONGEST_KEY + " visible ASCII characters");
      }
    }

    @Override
    public String toString() {
      return "Request";
    }
  }

  /** A request as it is kept. */
  record Marked(String scope, byte[] key, byte[] body) {}

  private Marked marked(Request request) {
    return new Marked(
        marks.encode("idempotency scope", request.scope()),
        marks.mark("idempotency key", request.key()),
        marks.mark("idempotency body", request.body()));
  }

  /** What was, or is to be, answered. */
  public record Answer(int status, String body) {
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /** How a request with a key goes on. */
  public sealed interface Start permits Fresh, Replay {}

  /** Do it: what is slow first, then the effect by {@link #finish}. */
  public record Fresh(Marked request, long claim) implements Start {}

  /** It was done before; this was the answer. */
  public record Replay(Answer answer) implements Start {}

  /**
   * Does {@code effect} and keeps its answer in one transaction, or gives the answer it once had.
   * What the effect throws leaves nothing behind, so that the key may be tried again. The effect
   * must not wait for anything but the database.
   */
  public Answer once(Request request, Supplier<Answer> effect) {
    return database.together(
        tx -> {
          Start start = claim(tx, marked(request));
          return switch (start) {
            case Replay replay -> replay.answer();
            case Fresh fresh -> kept(tx, fresh, effect);
          };
        });
  }

  /** Leaves a claim that others see; {@link #abandon} it where the effect fails. */
  public Start begin(Request request) {
    return database.transaction(tx -> claim(tx, marked(request)));
  }

  private Start claim(Tx tx, Marked request) {
    Instant now = clock.instant();
    if (!rows.tryLock(tx, request)) {
      throw inProgress();
    }
    Optional<Row> before =
        rows.find(tx, request).filter(row -> row.claimedAt().plus(KEPT).isAfter(now));
    if (before.isPresent()) {
      Row row = before.get();
      if (!row.sameBody(request)) {
        throw new Invalid(
            "idempotency_key_reused",
            List.of(
                new Field(
                    "Idempotency-Key",
                    "This key was used before with another body. Use a new one.")));
      }
      if (row.answer().isPresent()) {
        return new Replay(new Answer(row.status(), sealer.open(ANSWER, row.answer().get())));
      }
      if (row.claimedAt().plus(CLAIM).isAfter(now)) {
        throw inProgress();
      }
    }
    return new Fresh(request, rows.claim(tx, request, now));
  }

  /**
   * Does {@code effect} and keeps its answer in one transaction, as {@link #once} does, after what
   * was slow; rolls back where another has taken over meanwhile.
   */
  public Answer finish(Fresh fresh, Supplier<Answer> effect) {
    return database.together(tx -> kept(tx, fresh, effect));
  }

  private Answer kept(Tx tx, Fresh fresh, Supplier<Answer> effect) {
    Answer answer = effect.get();
    if (!rows.answer(
        tx, fresh.request(), fresh.claim(), answer.status(), sealer.seal(ANSWER, answer.body()))) {
      throw inProgress();
    }
    return answer;
  }

  /** The effect failed and left nothing: the key may be tried again at once. */
  public void abandon(Fresh fresh) {
    rows.abandon(database, fresh.request(), fresh.claim());
  }

  /** Housekeeping: forgets answers after a day. */
  public int forgetExpired() {
    return rows.forget(database, clock.instant().minus(KEPT));
  }

  private static Conflict inProgress() {
    return new Conflict(
        "idempotency_in_progress", "A request with this key is being worked on. Try again later.");
  }
}
