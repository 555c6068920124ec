package org.tocsin.channels.email.smtp;

import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.email.smtp.Wire.Loss;

/**
 * Sends one message after the other over one open connection, and leaves it when there is nothing
 * to do, when it has sent its share or when the lane closes.
 *
 * <p>Invariant: of two messages on the wire the second is but an envelope, written together with
 * the dot of the first, so that one round trip serves a message. No command waits longer than its
 * message may take altogether.
 */
final class Session implements Wire.Party {
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final ContextInternal context;
  private final Wire wire;
  private final Capabilities server;
  private final SmtpRelay relay;
  private final Waiting waiting;
  private final Connections connections;
  private final Supplier<String> behind = this::behind;

  private @Nullable Turn current;
  private @Nullable Turn next;
  private int begun;
  private int over;
  private boolean mustReset;
  private boolean leaving;

  /** The message was written to a connection that had rested, and nothing was heard since. */
  private boolean wokeUp;

  Session(
      ContextInternal context,
      Opening.Opened opened,
      SmtpRelay relay,
      Waiting waiting,
      Connections connections) {
    this.context = context;
    this.wire = opened.wire();
    this.server = opened.capabilities();
    this.relay = relay;
    this.waiting = waiting;
    this.connections = connections;
  }

  /** On the event loop of the wire. */
  void begin() {
    wire.handTo(this);
    proceed();
  }

  /** From any thread: a message waits. */
  void wake() {
    context.runOnContext(
        _ -> {
          waiting.come();
          wokeUp = true;
          proceed();
        });
  }

  /** From any thread: the lane is closing. */
  void finish() {
    context.runOnContext(_ -> proceed());
  }

  private void proceed() {
    if (!wire.isOpen() || leaving) {
      connections.attend();
      return;
    }
    while (current == null && !leaving) {
      Turn turn = isUsedUp() ? null : turn(waiting::take);
      if (turn != null) {
        begin(turn);
        wire.write(turn.envelope());
      } else if (isUsedUp() || waiting.isClosed()) {
        leave();
      } else if (waiting.rest(this)) {
        wire.ringAfter(relay.limits().idle());
        return;
      }
    }
  }

  private boolean isUsedUp() {
    return begun >= relay.messagesPerConnection();
  }

  /** For the next message that is not too late and that this server would take. */
  private @Nullable Turn turn(Supplier<@Nullable Submission> source) {
    for (Submission one = source.get(); one != null; one = source.get()) {
      Optional<? extends Outcome> outcome =
          one.isLate() ? Optional.of(SmtpLane.LATE) : server.refusal(one.message());
      if (outcome.isEmpty()) {
        begun++;
        Turn turn = new Turn(one, wire, server, mustReset);
        mustReset = false;
        return turn;
      }
      one.settle(outcome.get());
    }
    return null;
  }

  private void begin(Turn turn) {
    current = turn;
    wire.ringAt(turn.submission().deadline());
  }

  /** The envelope that goes out with the current message's dot; empty without one. */
  private String behind() {
    next = isUsedUp() ? null : turn(waiting::takeSurplus);
    return next == null ? "" : next.envelope();
  }

  @Override
  public void heard(SmtpReply reply) {
    wokeUp = false;
    if (current == null || reply.code() == 421) {
      closedBy(reply);
      return;
    }
    current.heard(reply, behind);
    if (current != null && current.isOver()) {
      turnOver(current);
    }
  }

  /** The next message is sent on its way before anybody hears of this one. */
  private void turnOver(Turn done) {
    over++;
    if (over == 1) {
      connections.proven();
    }
    mustReset = done.needsReset();
    current = null;
    try {
      if (next == null) {
        proceed();
      } else {
        Turn turn = next;
        next = null;
        begin(turn);
      }
    } finally {
      done.conclude();
    }
  }

  private void leave() {
    leaving = true;
    wire.write("QUIT\r\n");
    wire.ringAfter(FAREWELL);
  }

  @Override
  public void rang() {
    if (current != null) {
      wire.end(Loss.TIMEOUT);
    } else if (leaving) {
      wire.end(Loss.CLOSED);
    } else if (waiting.leave(this)) {
      leave();
    }
  }

  /** 421 is the server's farewell, and so is whatever it says unasked. */
  private void closedBy(SmtpReply reply) {
    wire.cut();
    Deferred outcome = SmtpJudgement.deferred(reply);
    gone(outcome, turn -> turn.submission().settle(outcome));
  }

  /** An envelope that crossed with the end of a connection that had rested goes elsewhere, once. */
  @Override
  public void lost(Loss loss) {
    if (current != null
        && wokeUp
        && loss.isEnd()
        && current.submission().mayReturn()
        && waiting.joinFirst(current.submission())) {
      current = null;
    }
    gone(new Deferred(loss.code(), loss.words(), Optional.empty()), turn -> turn.lost(loss));
  }

  /** A connection that is lost before it served a single message counts as one not made. */
  private void gone(Deferred why, Consumer<Turn> verdict) {
    boolean fruitless = current != null && over == 0;
    if (current != null) {
      verdict.accept(current);
    }
    if (next != null) {
      verdict.accept(next);
    }
    current = null;
    next = null;
    waiting.leave(this);
    connections.gone(this, fruitless ? Optional.of(why) : Optional.empty());
  }
}
