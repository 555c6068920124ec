package org.tocsin.channels.email.smtp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Unsent;
import org.tocsin.channels.email.smtp.RelayFault.Stage;
import org.tocsin.channels.email.smtp.RelayFault.What;
import org.tocsin.channels.email.smtp.Wire.Loss;

/**
 * One message's turn on the wire.
 *
 * <p>Invariant: its replies belong to its commands in the order in which these were written. It is
 * refused or deferred by a reply of its own, or by what happens before its dot is given to the
 * socket; from then on, what ends the connection leaves it in doubt. The body is written only after
 * 354 to a message of which nothing was refused (RFC 2920, 3.1).
 */
final class Turn {
  private static final int SLICE = 64 * 1024;
  private static final String DOT = ".\r\n";
  private static final String DATA = "DATA\r\n";

  /** What the next reply answers. */
  private enum Awaiting {
    RESET,
    MAIL,
    RCPT,
    DATA,
    /** Nothing: the message is being written. */
    BODY,
    DOT,
    /** The end of a message that was never written, since it was refused before. */
    LONE_DOT,
    OVER
  }

  private final Submission submission;
  private final Wire wire;
  private final Capabilities server;
  private final SmtpTimes times;
  private final boolean reset;
  private Awaiting awaiting;
  private boolean refused;
  private int written;
  private @Nullable SmtpReply lastWord;
  private long since;

  /**
   * @param reset the message before was refused in the middle, and the server still has it in mind
   */
  Turn(Submission submission, Wire wire, Capabilities server, SmtpTimes times, boolean reset) {
    this.submission = submission;
    this.wire = wire;
    this.server = server;
    this.times = times;
    this.reset = reset;
    this.awaiting = reset ? Awaiting.RESET : Awaiting.MAIL;
  }

  Submission submission() {
    return submission;
  }

  /** It is on the wire, and its answers are waited for. */
  void begin() {
    since = System.nanoTime();
    awaits(awaiting);
  }

  /** Since when it is on the wire, by {@link System#nanoTime}. */
  long since() {
    return since;
  }

  private void awaits(Awaiting next) {
    awaiting = next;
    wire.ringAfter(
        switch (next) {
          case RESET, MAIL, OVER -> times.mail();
          case RCPT -> times.rcpt();
          case DATA -> times.data();
          case BODY -> times.block();
          case DOT, LONE_DOT -> times.dot();
        });
  }

  /** What may be written before any of it is answered. */
  String envelope() {
    SmtpMessage message = submission.message();
    String mail = (reset ? "RSET\r\n" : "") + server.mail(message);
    return server.pipelining() ? mail + Capabilities.rcpt(message) + DATA : mail;
  }

  /**
   * @param behind asked for the next message's envelope when the dot of this one is written
   */
  void heard(SmtpReply reply, Supplier<String> behind) {
    switch (awaiting) {
      case RESET -> {
        if (reply.isPositive()) {
          awaits(Awaiting.MAIL);
        } else {
          outOfPlace();
        }
      }
      case MAIL -> answered(SmtpStage.MAIL, reply, Awaiting.RCPT);
      case RCPT -> answered(SmtpStage.RCPT, reply, Awaiting.DATA);
      case DATA -> mayWrite(reply, behind);
      case BODY -> {
        if (reply.isRefusal()) {
          submission.settle(SmtpJudgement.of(SmtpStage.DATA, reply));
        }
        outOfPlace();
      }
      case DOT -> dotAnswered(reply);
      case LONE_DOT, OVER -> awaiting = Awaiting.OVER;
    }
  }

  private void answered(SmtpStage stage, SmtpReply reply, Awaiting following) {
    if (reply.isRefusal()) {
      refuse(stage, reply);
    } else if (!reply.isPositive()) {
      outOfPlace();
      return;
    }
    awaits(following);
    if (!server.pipelining()) {
      if (refused) {
        awaiting = Awaiting.OVER;
      } else {
        wire.write(stage == SmtpStage.MAIL ? Capabilities.rcpt(submission.message()) : DATA);
      }
    }
  }

  /** The first refusal is the one that counts: the server refuses what follows because of it. */
  private void refuse(SmtpStage stage, SmtpReply reply) {
    refused = true;
    submission.settle(SmtpJudgement.of(stage, reply));
  }

  private void mayWrite(SmtpReply reply, Supplier<String> behind) {
    if (reply.isRefusal()) {
      refuse(SmtpStage.DATA, reply);
      awaiting = Awaiting.OVER;
    } else if (reply.code() != 354) {
      outOfPlace();
    } else if (refused) {
      awaits(Awaiting.LONE_DOT);
      wire.write(DOT);
    } else {
      awaits(Awaiting.BODY);
      write(behind);
    }
  }

  /** As much as the socket takes, and the rest when it takes more. */
  private void write(Supplier<String> behind) {
    Buffer data = submission.message().data();
    while (written < data.length()) {
      if (wire.isFull()) {
        wire.ringAfter(times.block());
        wire.whenDrained(() -> write(behind));
        return;
      }
      int end = Math.min(written + SLICE, data.length());
      wire.write(data.slice(written, end));
      written = end;
    }
    awaits(Awaiting.DOT);
    wire.write(DOT + behind.get());
  }

  private void dotAnswered(SmtpReply reply) {
    if (reply.isPositive() || reply.isRefusal()) {
      awaiting = Awaiting.OVER;
      lastWord = reply;
    } else {
      outOfPlace();
    }
  }

  private void outOfPlace() {
    wire.end(Loss.garbled("an answer that fits no question"));
  }

  /** All is said; the next message may have its turn. */
  boolean isOver() {
    return awaiting == Awaiting.OVER;
  }

  /** Tells the outcome, when the wire is at work again. */
  void conclude() {
    if (lastWord != null) {
      submission.settle(SmtpJudgement.of(SmtpStage.DOT, lastWord));
    }
  }

  /** The server may still have the sender of this one in mind. */
  boolean needsReset() {
    return refused;
  }

  /** Nobody was named to the server yet: what happens now says nothing of the recipient. */
  boolean isBeforeRecipient() {
    return awaiting == Awaiting.RESET || awaiting == Awaiting.MAIL;
  }

  /** The server took its leave (421), and answered nothing further. */
  void closedBy(SmtpReply reply, Blocks blocks) {
    submission.settle(
        isBeforeRecipient()
            ? new Unsent(RelayFault.answered(Stage.MAIL, reply).code(), blocks)
            : deferredBy(reply));
  }

  /** A leave that is taken under way refuses nothing: what the server has it may read. */
  private Deferred deferredBy(SmtpReply reply) {
    Deferred said = SmtpJudgement.deferred(reply);
    return new Deferred(said.code(), said.answer(), said.notBefore(), written > 0);
  }

  /** Without its dot no server takes a message; whoever was sent the first of it may read it. */
  void lost(Loss loss, Blocks blocks) {
    if (isBeforeRecipient()) {
      submission.settle(new Unsent(RelayFault.of(Stage.MAIL, loss.what()).code(), blocks));
    } else if (awaiting == Awaiting.DOT) {
      submission.settle(
          new InDoubt(loss.equals(Loss.TIMEOUT) ? loss.code() : "no answer", loss.words()));
    } else {
      submission.settle(new Deferred(loss.code(), loss.words(), Optional.empty(), written > 0));
    }
  }

  /** The connection ended while the message before was on the wire, whose matter that is. */
  void notBegun() {
    submission.settle(new Unsent(RelayFault.of(Stage.MAIL, What.CLOSED).code(), Blocks.NOTHING));
  }
}
