package org.tocsin.broadcasts;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;

/**
 * A printed message that waits for its place.
 *
 * <p>Invariant: it lands exactly once, and nothing of it leaves if it was called back before, if
 * its broadcast no longer runs, or if it waited so long that its recipient may have gone meanwhile.
 */
final class Departure {
  private static final Logger log = LoggerFactory.getLogger(Departure.class);

  /** Consent and suppression are never older than this when a message leaves. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Work work;
  private final Ready.ToSend ready;
  private final Function<Outcome, Settlement> judge;
  private final Consumer<Landing> landed;
  private final AtomicBoolean decided = new AtomicBoolean();

  Departure(
      Work work,
      Ready.ToSend ready,
      Function<Outcome, Settlement> judge,
      Consumer<Landing> landed) {
    this.work = work;
    this.ready = ready;
    this.judge = judge;
    this.landed = landed;
  }

  /** When its place is there; the place is free again when this ends. */
  Future<?> leave() {
    if (!decided.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    if (!work.running() || System.nanoTime() - ready.since() > STALE_NANOS) {
      landed.accept(new Landing.Stayed(ready.pending()));
      return Future.succeededFuture();
    }
    return handOver()
        .otherwise(Departure::unsendable)
        .onSuccess(
            outcome -> landed.accept(new Landing.Settled(ready.pending(), judge.apply(outcome))));
  }

  /** A parcel answers with an outcome; whatever it throws instead must not lose the place. */
  private Future<Outcome> handOver() {
    try {
      return ready.parcel().send();
    } catch (Throwable broken) {
      return Future.failedFuture(broken);
    }
  }

  /** Nobody knows how far it had come. */
  private static Outcome unsendable(Throwable broken) {
    log.atError().setCause(broken).log("A channel failed where it should have answered");
    return new Outcome.Refused(
        "unsendable", broken.getClass().getSimpleName(), Outcome.Reason.UNSENDABLE, true);
  }

  /** Called back; without effect on one that has left. */
  void callBack() {
    if (decided.compareAndSet(false, true)) {
      landed.accept(new Landing.Stayed(ready.pending()));
    }
  }
}
