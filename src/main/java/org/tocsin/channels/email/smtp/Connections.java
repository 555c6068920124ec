package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Unsent;
import org.tocsin.channels.email.smtp.RelayFault.What;

/**
 * As many connections as there is work for and the server allows, and one more where a stop waits,
 * made one after the other; each lives on an event loop of its own, this on another.
 *
 * <p>Invariant: while messages wait, a connection serves them or is being made; where none can be
 * made, they are told so at once instead of waiting for their deadlines.
 */
final class Connections {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /** While messages wait, it is looked so often whether a slow answer holds them up. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final VertxInternal vertx;
  private final ContextInternal home;
  private final NetClient client;
  private final SmtpRelay relay;
  private final Waiting waiting;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Promise<Void> ended = Promise.promise();
  private final Consumer<RelayFault> faults;

  private final Set<Session> standing = new HashSet<>();
  private final Backoff backoff;
  private final Alarm lateness;
  private final Alarm regrowth;
  private @Nullable Opening opening;
  private int allowed;

  /**
   * All connections that may be are there, and lateness is watched: more messages change nothing.
   */
  private volatile boolean content;

  Connections(
      VertxInternal vertx,
      NetClient client,
      SmtpRelay relay,
      Waiting waiting,
      Consumer<RelayFault> faults) {
    this.vertx = vertx;
    this.home = vertx.createEventLoopContext();
    this.client = client;
    this.relay = relay;
    this.waiting = waiting;
    this.faults = faults;
    this.backoff = new Backoff(relay.limits());
    this.lateness = new Alarm(home, this::tend);
    this.regrowth = new Alarm(home, this::allowMore);
    this.allowed = relay.connections();
  }

  /** From any thread: messages wait. */
  void attend() {
    for (Session session = waiting.call(); session != null; session = waiting.call()) {
      session.wake();
    }
    if ((!content || waiting.hasFirst()) && waiting.isLong() && asked.compareAndSet(false, true)) {
      home.runOnContext(_ -> tend());
    }
  }

  private void tend() {
    asked.set(false);
    content = false;
    int held = yieldToOthers();
    Unsent late = why();
    waiting.takeLate().forEach(one -> one.settle(late));
    int more = waiting.hasFirst() ? 1 : 0;
    boolean room =
        standing.size() - held < allowed + more && standing.size() < 2 * relay.connections() + more;
    if (opening == null && room && waiting.isLong()) {
      backoff
          .pausedBy()
          .ifPresentOrElse(
              why -> {
                if (standing.isEmpty()) {
                  waiting.takeAll().forEach(submission -> submission.settle(why));
                }
              },
              this::open);
    }
    waiting
        .nextDeadline()
        .ifPresent(
            deadline -> {
              long look = System.nanoTime() + LOOK_NANOS;
              lateness.at(look - deadline < 0 ? look : deadline);
              content = standing.size() >= allowed;
            });
  }

  /**
   * A destination that answers slowly has half of the connections; what else is there for it comes
   * back at once. What it holds is made up for by others, up to as many again.
   *
   * @return how many connections wait for a slow answer
   */
  private int yieldToOthers() {
    long before = System.nanoTime() - relay.limits().slow().toNanos();
    Map<String, Integer> slow = new HashMap<>();
    for (Session session : standing) {
      session
          .busySinceBefore(before)
          .ifPresent(
              turn -> {
                session.letGoBehind(turn);
                slow.merge(turn.submission().destination(), 1, Integer::sum);
              });
    }
    int share = Math.max(1, relay.connections() / 2);
    Set<String> full =
        slow.entrySet().stream()
            .filter(one -> one.getValue() >= share)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    waiting.bar(full).forEach(one -> one.settle(SmtpLane.SLOW));
    return slow.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** All connections are busy; or there is none, and it is known what the first one waits for. */
  private Unsent why() {
    Opening made = opening;
    return made == null || !standing.isEmpty()
        ? SmtpLane.LATE
        : Unready.because(made.stage(), What.SILENT).outcome();
  }

  /** Whoever asked while it was being made was told to wait for it; so this asks once more. */
  private void open() {
    ContextInternal context = vertx.createEventLoopContext();
    Opening made = new Opening(context, client, relay);
    opening = made;
    made.opened()
        .onSuccess(
            opened -> {
              Session session = new Session(context, opened, relay, waiting, this);
              home.runOnContext(_ -> stands(session));
              session.begin();
              home.runOnContext(_ -> tend());
            })
        .onFailure(failure -> home.runOnContext(_ -> failed(Unready.of(made.stage(), failure))));
    made.begin();
  }

  private void stands(Session session) {
    opening = null;
    standing.add(session);
    if (waiting.isClosed()) {
      session.finish();
    }
  }

  private void failed(Unready failure) {
    opening = null;
    if (failure.isFull() && !standing.isEmpty()) {
      allowed = Math.min(standing.size(), relay.connections());
      regrowth.at(System.nanoTime() + relay.limits().regrowth().toNanos());
    } else {
      backoff.failed(failure.outcome());
    }
    RelayFault fault = failure.fault();
    if (fault != null) {
      tell(fault);
    }
    endOrTend();
  }

  private void tell(RelayFault fault) {
    faults.accept(fault);
    log.atWarn()
        .addKeyValue("stage", fault.stage().word())
        .addKeyValue("code", fault.code())
        .addKeyValue("connections", standing.size())
        .log("No further connection to the relay");
  }

  private void allowMore() {
    allowed = Math.min(allowed + 1, relay.connections());
    if (allowed < relay.connections()) {
      regrowth.at(System.nanoTime() + relay.limits().regrowth().toNanos());
    }
    tend();
  }

  /** From any thread: a session has sent its first message. */
  void proven() {
    home.runOnContext(_ -> backoff.succeeded());
  }

  /**
   * From any thread.
   *
   * @param fruitless why it was lost, if it had not served a message
   */
  void gone(Session session, Optional<RelayFault> fruitless) {
    home.runOnContext(
        _ -> {
          standing.remove(session);
          fruitless.ifPresent(
              why -> {
                tell(why);
                backoff.failed(new Unsent(why.code(), Blocks.CHANNEL));
              });
          endOrTend();
        });
  }

  private void endOrTend() {
    if (!waiting.isClosed()) {
      attend();
      tend();
    } else if (standing.isEmpty() && opening == null) {
      lateness.off();
      regrowth.off();
      ended.tryComplete();
    }
  }

  /** Ends when the last message on its way has its outcome and the last connection is gone. */
  Future<Void> finish() {
    waiting.close().forEach(submission -> submission.settle(SmtpLane.CLOSING));
    home.runOnContext(
        _ -> {
          if (opening != null) {
            opening.giveUp();
          }
          standing.forEach(Session::finish);
          endOrTend();
        });
    return ended.future();
  }
}
