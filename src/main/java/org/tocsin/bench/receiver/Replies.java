package org.tocsin.bench.receiver;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is to be answered to all that came at once, and how the conversation goes on. */
final class Replies {
  /** What follows the replies. */
  enum Then {
    GO_ON,
    CLOSE,
    HANG
  }

  /** SMTP: the server says so and closes (RFC 5321, 3.8). */
  private static final int GOING_AWAY = 421;

  private final List<Tally.Receipt> receipts = new ArrayList<>();
  private Buffer bytes = Buffer.buffer(128);
  private Then then = Then.GO_ON;

  void add(byte[] reply) {
    bytes.appendBytes(reply);
  }

  /** A reply that acknowledges a message. */
  void add(byte[] reply, Tally.Receipt receipt) {
    add(reply);
    receipts.add(receipt);
  }

  /** Does what a rule asks for; an answer is encoded as the protocol has it. */
  void instead(Deed deed, Function<Deed.Answer, byte[]> encoding, Tally tally) {
    switch (deed) {
      case Deed.Answer answer -> {
        tally.countApart("answered_" + answer.code());
        add(encoding.apply(answer));
        if (answer.code() == GOING_AWAY) {
          end(Then.CLOSE);
        }
      }
      case Deed.Drop _ -> {
        tally.countApart("dropped");
        end(Then.CLOSE);
      }
      case Deed.Hang _ -> {
        tally.countApart("hung");
        end(Then.HANG);
      }
    }
  }

  void end(Then how) {
    then = how;
  }

  boolean ended() {
    return then != Then.GO_ON;
  }

  Then then() {
    return then;
  }

  Buffer bytes() {
    return bytes;
  }

  List<Tally.Receipt> receipts() {
    return receipts;
  }

  void clear() {
    bytes = Buffer.buffer(128);
    receipts.clear();
  }
}
