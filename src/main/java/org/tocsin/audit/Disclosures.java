package org.tocsin.audit;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.tocsin.audit.Audit.Note;
import org.tocsin.audit.DisclosureRepository.Kept;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * Writes down who is shown what is private, before they have it: the first time at once, further
 * times within {@link #TOGETHER} in one later entry.
 *
 * <p>Invariant: of a node's readers at most one transaction waits for the end of the chain or holds
 * it, and it is short: whoever asks meanwhile is written down by the next. So somebody who stops an
 * alert waits for one such transaction of each node, however many read.
 */
final class Disclosures {
  static final Duration TOGETHER = Duration.ofMinutes(10);
  private static final int AT_ONCE = 20;
  private static final int OVER_AT_ONCE = 50;

  /** In one order everywhere, so that no two transactions wait for each other. */
  private static final Comparator<Waiting> ORDER =
      Comparator.comparing((Waiting one) -> one.told().actor())
          .thenComparing(one -> one.told().action())
          .thenComparing(one -> one.told().subject());

  private final Database database;
  private final InstantSource clock;
  private final Audit audit;
  private final DisclosureRepository kept = new DisclosureRepository();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  Disclosures(Database database, InstantSource clock, Audit audit) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
  }

  private record Waiting(Disclosure told, Promise<Void> written) {}

  /** Comes back once it is written down, and throws where it cannot be. */
  void tell(Disclosure told) {
    Waiting one = new Waiting(told, Promise.promise());
    if (database.isJoined()) {
      database.inTransaction(tx -> write(tx, List.of(one)));
      return;
    }
    waiting.add(one);
    if (writing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("disclosures").start(this::writeAll);
    }
    one.written().future().await();
  }

  private void writeAll() {
    do {
      for (List<Waiting> some = next(); !some.isEmpty(); some = next()) {
        write(some);
      }
      writing.set(false);
    } while (!waiting.isEmpty() && writing.compareAndSet(false, true));
  }

  private List<Waiting> next() {
    List<Waiting> some = new ArrayList<>();
    while (some.size() < AT_ONCE) {
      Waiting one = waiting.poll();
      if (one == null) {
        break;
      }
      some.add(one);
    }
    some.sort(ORDER);
    return some;
  }

  private void write(List<Waiting> some) {
    Consumer<Waiting> answer = one -> one.written().complete();
    try {
      database.inTransaction(tx -> write(tx, some));
    } catch (Throwable failure) {
      answer = one -> one.written().fail(failure);
    }
    some.forEach(answer);
  }

  private void write(Tx tx, List<Waiting> some) {
    Instant now = clock.instant();
    List<Note> notes = new ArrayList<>();
    some.forEach(one -> count(tx, one.told(), now, notes));
    audit.record(tx, notes);
  }

  private void count(Tx tx, Disclosure told, Instant now, List<Note> notes) {
    Instant over = now.minus(TOGETHER);
    OptionalInt before = kept.count(tx, told, now, over);
    if (before.isEmpty()) {
      kept.take(tx, told, over).flatMap(Disclosures::again).ifPresent(notes::add);
      before = kept.count(tx, told, now, over);
    }
    if (before.orElseThrow() == 0) {
      notes.add(new Note(told.actor(), told.action(), told.subject(), facts(told.shown())));
    }
  }

  private static JsonObject facts(long shown) {
    return shown == 0 ? new JsonObject() : new JsonObject().put("shown", shown);
  }

  /** What was counted, as an entry; nothing where it was shown once. */
  private static Optional<Note> again(Kept one) {
    return one.times() == 0
        ? Optional.empty()
        : Optional.of(
            new Note(
                one.actor(),
                one.action(),
                one.subject(),
                facts(one.shown()).put("times", one.times()).put("since", one.since().toString())));
  }

  /**
   * Tells of what was counted and is over.
   *
   * @return whether there may be more
   */
  boolean round() {
    return database.transaction(
        tx -> {
          List<Kept> over = kept.takeOver(tx, clock.instant().minus(TOGETHER), OVER_AT_ONCE);
          audit.record(tx, over.stream().flatMap(one -> again(one).stream()).toList());
          return over.size() == OVER_AT_ONCE;
        });
  }
}
