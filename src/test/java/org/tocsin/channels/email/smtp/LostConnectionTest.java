package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Unsent;

/**
 * The connection is cut at each byte that the server reads or sends, once for every byte of a whole
 * session, and what the lane says is compared with what the server knows.
 */
@ExtendWith(VertxExtension.class)
class LostConnectionTest {
  private static Vertx vertx;
  private static final List<SmtpMessage> MESSAGES = Bulk.messages(3);
  private static final int MORE_THAN_A_SESSION = 2_000;

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverByteWasTheLastOneReadTheOutcomeIsTrue(boolean pipelined) {
    cutEverywhere(pipelined, (server, bytes) -> server.readBeforeCut = bytes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverByteWasTheLastOneSentTheOutcomeIsTrue(boolean pipelined) {
    cutEverywhere(pipelined, (server, bytes) -> server.sentBeforeCut = bytes);
  }

  private static void cutEverywhere(boolean pipelined, BiConsumer<ScriptedServer, Integer> cut) {
    List<Outcome> all = new ArrayList<>();
    int bytes = 0;
    for (boolean whole = false; !whole; bytes++) {
      assertThat(bytes).isLessThan(MORE_THAN_A_SESSION);
      try (ScriptedServer server = new ScriptedServer()) {
        server.offers = pipelined ? "PIPELINING" : "HELP";
        cut.accept(server, bytes);
        List<Outcome> outcomes = send(server);
        compare(bytes, server, outcomes);
        all.addAll(outcomes);
        whole = server.connections.get() == 1 && server.commands.contains("QUIT");
      }
    }
    assertThat(bytes).isGreaterThan(200);
    assertThat(all).hasAtLeastOneElementOfType(Accepted.class);
    assertThat(all).hasAtLeastOneElementOfType(Deferred.class);
    assertThat(all).hasAtLeastOneElementOfType(InDoubt.class);
  }

  private static List<Outcome> send(ScriptedServer server) {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      return Bulk.sendAll(lane, MESSAGES);
    }
  }

  private static void compare(int bytes, ScriptedServer server, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      String recipient = MESSAGES.get(i).recipient();
      long times = server.taken.stream().filter(taken -> taken.to().equals(recipient)).count();
      Outcome outcome = outcomes.get(i);
      String what = "%s cut after %d bytes: %s".formatted(recipient, bytes, outcome);
      assertThat(times).as(what).isLessThanOrEqualTo(1);
      if (times == 1) {
        assertThat(outcome).as(what).isInstanceOfAny(Accepted.class, InDoubt.class);
      } else {
        assertThat(outcome).as(what).isInstanceOfAny(Deferred.class, InDoubt.class, Unsent.class);
      }
      if (outcome instanceof InDoubt) {
        assertThat(server.invited).as(what).contains(recipient);
      }
      if (server.begun.contains(recipient)) {
        assertThat(outcome.mayHaveReached()).as(what).isTrue();
      } else if (!server.invited.contains(recipient)) {
        assertThat(outcome.mayHaveReached()).as(what).isFalse();
      }
      if (outcome instanceof Accepted) {
        assertThat(server.answered).as(what).contains(recipient);
      }
    }
  }

  /** So long that most of it has not left when the server, which read the first of it, is gone. */
  @Test
  void whoeverReadTheFirstOfALetterMayHaveReadIt() {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  socket.write("220 x\r\n");
                  AtomicBoolean body = new AtomicBoolean();
                  socket.handler(
                      heard -> {
                        boolean asks = heard.toString().startsWith("DATA");
                        if (body.get()) {
                          socket.close();
                        } else {
                          socket.write(asks ? "354 go on\r\n" : "250 x\r\n");
                        }
                        body.compareAndSet(false, asks);
                      });
                })
            .listen(0, "127.0.0.1")
            .await();
    String letter = "Subject: s\r\n\r\n" + "A line of a long letter.\r\n".repeat(2_000_000);
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server.actualPort()))) {
      Outcome outcome = lane.send(Bulk.message("r0@x.example", letter)).await();
      assertThat(outcome).isInstanceOf(Deferred.class);
      assertThat(outcome.mayHaveReached()).isTrue();
    }
  }
}
