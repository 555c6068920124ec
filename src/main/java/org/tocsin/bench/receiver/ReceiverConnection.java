package org.tocsin.bench.receiver;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;

/**
 * A dialogue over a socket. Invariant: replies leave in the order of what they answer, and a
 * message is acknowledged only when all of its reply was handed to the socket.
 */
final class ReceiverConnection {
  /** Beyond this a message is nobody's newsletter. */
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private final Vertx vertx;
  private final NetSocket socket;
  private final Dialogue dialogue;
  private final Logbook logbook;
  private final Misbehaviour misbehaviour;
  private final Intake intake = new Intake();
  private final Replies replies = new Replies();
  private boolean closed;

  ReceiverConnection(
      Vertx vertx,
      NetSocket socket,
      Dialogue dialogue,
      Logbook logbook,
      Misbehaviour misbehaviour) {
    this.vertx = vertx;
    this.socket = socket;
    this.dialogue = dialogue;
    this.logbook = logbook;
    this.misbehaviour = misbehaviour;
  }

  void open(Runnable afterwards) {
    socket.handler(this::read);
    socket.closeHandler(
        _ -> {
          closed = true;
          afterwards.run();
        });
    socket.exceptionHandler(_ -> socket.close());
    dialogue.open(replies);
    answer();
  }

  private void read(Buffer bytes) {
    if (replies.ended()) {
      return;
    }
    if (intake.length() + bytes.length() > MOST_BYTES) {
      logbook.tally().countApart("too_long");
      socket.close();
      return;
    }
    intake.add(bytes);
    dialogue.read(intake, replies);
    answer();
  }

  private void answer() {
    long delay = misbehaviour.delay(replies.receipts().size());
    if (replies.bytes().length() == 0) {
      finish();
    } else if (delay == 0 && misbehaviour.faults().dripMs() == 0) {
      socket.write(replies.bytes());
      acknowledged();
    } else {
      socket.pause();
      after(delay, () -> drip(0));
    }
  }

  private void drip(int place) {
    Buffer bytes = replies.bytes();
    int step = misbehaviour.faults().dripMs() == 0 ? bytes.length() - place : 1;
    socket.write(bytes.slice(place, place + step));
    if (place + step < bytes.length()) {
      after(misbehaviour.faults().dripMs(), () -> drip(place + step));
    } else {
      acknowledged();
      socket.resume();
    }
  }

  private void after(long millis, Runnable what) {
    vertx.setTimer(
        Math.max(1, millis),
        _ -> {
          if (!closed) {
            what.run();
          }
        });
  }

  private void acknowledged() {
    List<Tally.Receipt> receipts = replies.receipts();
    for (int i = 0; i < receipts.size(); i++) {
      receipts.get(i).acknowledge();
    }
    replies.clear();
    finish();
  }

  private void finish() {
    switch (replies.then()) {
      case GO_ON, HANG -> {}
      case CLOSE -> socket.close();
    }
  }
}
