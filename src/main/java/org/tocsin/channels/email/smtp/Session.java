package org.tocsin.channels.email.smtp;

import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.email.smtp.Wire.Loss;

/**
 * Sends one message after the other over one open connection, and leaves it when there is nothing
 * to do, when it has sent its share or when the lane closes.
 *
 * <p>Invariant: of two messages on the wire the second is but an envelope, written together with
 * the dot of the first, so that one round trip serves a message. Each answer has its own time.
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

  /** Read by the lane, which looks how long it is on the wire. */
  private volatile @Nullable Turn current;

  private @Nullable Turn next;
  private int begun;
  private int over;
  private boolean mustReset;
  private boolean leaving;

  /** The server was told of a message that goes another way. */
  private boolean abandoned;

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

  /** From any thread: the message that is on the wire since before this moment. */
  Optional<Turn> busySinceBefore(long nanoTime) {
    return Optional.ofNullable(current).filter(turn -> turn.since() - nanoTime < 0);
  }

  /**
   * From any thread: this message is slow, so the one whose envelope went with its dot goes another
   * way. The server has both in mind, so this connection ends with the answer that is waited for.
   */
  void letGoBehind(Turn slow) {
    context.runOnContext(
        _ -> {
          Turn behind = next;
          if (behind != null && current == slow) {
            next = null;
            abandoned = true;
            if (!waiting.joinFirst(behind.submission())) {
              behind.submission().settle(SmtpLane.CLOSING);
            }
            connections.attend();
          }
        });
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
        Turn turn = new Turn(one, wire, server, relay.limits().times(), mustReset);
        mustReset = false;
        return turn;
      }
      one.settle(outcome.get());
    }
    return null;
  }

  private void begin(Turn turn) {
    turn.begin();
    current = turn;
  }

  /** The envelope that goes out with the current message's dot; empty without one. */
  private String behind() {
    next = isUsedUp() ? null : turn(waiting::takeSurplus);
    return next == null ? "" : next.envelope();
  }

  @Override
  public void heard(SmtpReply reply) {
    wokeUp = false;
    Turn turn = current;
    if (turn == null || reply.code() == 421) {
      closedBy(reply);
      return;
    }
    turn.heard(reply, behind);
    if (current == turn && turn.isOver()) {
      turnOver(turn);
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
      if (abandoned) {
        wire.end(Loss.CLOSED);
      } else if (next == null) {
        proceed();
      } else {
        Turn following = next;
        next = null;
        begin(following);
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
    gone(
        RelayFault.answered(RelayFault.Stage.MAIL, reply),
        (turn, blocks) -> turn.closedBy(reply, blocks));
  }

  /** An envelope that crossed with the end of a connection that had rested goes elsewhere, once. */
  @Override
  public void lost(Loss loss) {
    Turn turn = current;
    if (turn != null
        && wokeUp
        && loss.isEnd()
        && turn.submission().mayReturn()
        && waiting.joinFirst(turn.submission())) {
      current = null;
    }
    gone(
        RelayFault.of(RelayFault.Stage.MAIL, loss.what()),
        (lost, blocks) -> lost.lost(loss, blocks));
  }

  /**
   * A connection that is lost before a single recipient was named counts as one not made. The
   * envelope behind a message was not begun, whatever became of that message.
   */
  private void gone(RelayFault why, BiConsumer<Turn, Blocks> verdict) {
    Turn turn = current;
    boolean fruitless = turn != null && over == 0 && turn.isBeforeRecipient();
    if (turn != null) {
      verdict.accept(turn, fruitless ? Blocks.CHANNEL : Blocks.NOTHING);
    }
    if (next != null) {
      next.notBegun();
    }
    current = null;
    next = null;
    waiting.leave(this);
    connections.gone(this, fruitless ? Optional.of(why) : Optional.empty());
  }
}
