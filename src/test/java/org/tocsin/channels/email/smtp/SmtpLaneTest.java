package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;

/** What goes over the wire when all is well. */
@ExtendWith(VertxExtension.class)
class SmtpLaneTest {
  private static Vertx vertx;
  private final ScriptedServer server = new ScriptedServer();

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"true, 5000", "false, 5000", "true, 5000000", "false, 5000000"})
  void aMessageArrivesOctetForOctet(boolean pipelined, int octets) {
    server.offers = pipelined ? "PIPELINING SIZE_10000000" : "SIZE_10000000";
    String data = Bulk.ofSize(octets) + "..a line that began with a dot\r\n..\r\n";
    assertThat(send(Bulk.message("a@x.example", data), Bulk.message("b@x.example", "\r\n")))
        .containsExactly(new Accepted("250"), new Accepted("250"));
    assertThat(server.taken)
        .containsExactly(
            new ScriptedServer.Taken("b@hub.example", "a@x.example", data),
            new ScriptedServer.Taken("b@hub.example", "b@x.example", "\r\n"));
  }

  @Test
  void theServerIsToldWhoSpeaksForWhomAndHowMuch() {
    send(Bulk.message("a@x.example", "12345\r\n"));
    assertThat(server.commands)
        .containsExactly(
            "EHLO hub.example",
            "MAIL FROM:<b@hub.example> SIZE=7",
            "RCPT TO:<a@x.example>",
            "DATA",
            "QUIT");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void repliesMayComeInPiecesOfAByteAndInManyLines(boolean pipelined) {
    server.offers = pipelined ? "PIPELINING" : "HELP";
    server.byteByByte = true;
    server
        .on("greeting", "220-welcome\r\n220-\r\n220 here")
        .on("MAIL", "250-2.1.0 fine\r\n250 2.1.0 sender")
        .on(".", "250-2.0.0\r\n250-\r\n250");
    assertThat(sendMany(5)).hasSize(5).containsOnly(new Accepted("250"));
    assertThat(server.taken).hasSize(5);
  }

  @Test
  void anEnvelopeIsWrittenWithoutWaitingForItsFirstReply() {
    server.on("MAIL", ScriptedServer.AFTER_MORE + "250 ok");
    server.on("RCPT", ScriptedServer.AFTER_MORE + "250 ok");
    assertThat(sendMany(3)).hasSize(3).containsOnly(new Accepted("250"));
  }

  @Test
  void theNextEnvelopeIsWrittenWithTheDot() {
    server.on(".r0@", ScriptedServer.AFTER_MORE + "250 ok");
    server.on(".r1@", ScriptedServer.AFTER_MORE + "250 ok");
    assertThat(sendTogether(3)).hasSize(3).containsOnly(new Accepted("250"));
    assertThat(server.connections).hasValue(1);
    assertThat(server.commands).doesNotContain("RSET");
  }

  @Test
  void withoutPipeliningEachCommandWaitsForItsReply() {
    server.offers = "SIZE_1000";
    server.on("MAIL", "550 5.1.8 no").on("EHLO hub", "250-s\r\n250 SIZE 1000");
    send(Bulk.message("a@x.example"));
    assertThat(server.commands).noneMatch(line -> line.startsWith("RCPT") || line.equals("DATA"));
  }

  @Test
  void firstComesFirst() {
    sendMany(200);
    assertThat(server.taken.stream().map(ScriptedServer.Taken::to))
        .containsExactlyElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "r" + i + "@x.example").toList());
  }

  @Test
  void manyThreadsSendAtOnceOverSeveralConnections() throws InterruptedException {
    server.on(".r0@", ScriptedServer.WHEN_TOLD + "250 ok");
    List<Future<Outcome>> outcomes = new ArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.connections(Bulk.relay(server), 4, 1_000))) {
      List<Thread> threads =
          IntStream.range(0, 1_000)
              .mapToObj(
                  i ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                awaitQuietly(go);
                                Future<Outcome> sent =
                                    lane.send(Bulk.message("r" + i + "@x.example"));
                                sent.await();
                                synchronized (outcomes) {
                                  outcomes.add(sent);
                                }
                              }))
              .toList();
      go.countDown();
      eventually("the others do not wait for the first", () -> server.connections.get() > 1);
      server.told.release();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(outcomes).hasSize(1_000);
    assertThat(outcomes).allMatch(sent -> sent.result().equals(new Accepted("250")));
    assertThat(server.taken.stream().map(ScriptedServer.Taken::to).distinct()).hasSize(1_000);
    assertThat(server.taken).hasSize(1_000);
    assertThat(server.connections).hasValueBetween(2, 4);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void oneConnectionIsEnoughForOneMessageAfterTheOther() {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.connections(Bulk.relay(server), 8, 1_000))) {
      for (int i = 0; i < 50; i++) {
        assertThat(lane.send(Bulk.message("r" + i + "@x.example")).await())
            .isEqualTo(new Accepted("250"));
      }
    }
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void aConnectionThatCarriedItsShareIsEndedAndAnotherMade() {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.connections(Bulk.relay(server), 1, 10))) {
      assertThat(Bulk.sendAll(lane, Bulk.messages(35)))
          .hasSize(35)
          .containsOnly(new Accepted("250"));
    }
    assertThat(server.taken).hasSize(35);
    assertThat(server.connections).hasValue(4);
    assertThat(server.mostOpen).hasValue(1);
    assertThat(server.commands).filteredOn("QUIT"::equals).hasSize(4);
  }

  @Test
  void whatTheServerSaysIsTooLargeIsNotTried() {
    server.offers = "PIPELINING SIZE_100";
    SmtpMessage large = Bulk.message("a@x.example", Bulk.ofSize(101));
    assertThat(send(large, Bulk.message("b@x.example")))
        .satisfiesExactly(
            SmtpLaneTest::isUnsendable, taken -> assertThat(taken).isEqualTo(new Accepted("250")));
    assertThat(server.commands).noneMatch(line -> line.contains("a@x.example"));
  }

  @Test
  void octetsAboveAsciiGoOnlyWhereTheServerTakesThem() {
    SmtpMessage eightBit =
        new SmtpMessage(
            "b@hub.example", "a@x.example", Buffer.buffer("Subject: s\r\n\r\né\r\n"), 18, true);
    assertThat(send(eightBit)).containsExactly(new Accepted("250"));
    assertThat(server.commands).contains("MAIL FROM:<b@hub.example> SIZE=18 BODY=8BITMIME");
    server.offers = "PIPELINING";
    assertThat(send(eightBit)).satisfiesExactly(SmtpLaneTest::isUnsendable);
    assertThat(server.taken).hasSize(1);
  }

  @Test
  void nothingInAMessageCanBeginACommandOfItsOwn() {
    for (String address :
        List.of("a@x.example>\r\nRCPT TO:<b@y", "a b@x", "a@x>", "<a@x", "a@x\n", "ü@x", "a\0@x")) {
      assertThat(send(Bulk.message(address))).satisfiesExactly(SmtpLaneTest::isUnsendable);
      SmtpMessage from = new SmtpMessage(address, "a@x.example", Buffer.buffer("\r\n"), 2, false);
      assertThat(send(from)).satisfiesExactly(SmtpLaneTest::isUnsendable);
    }
    for (String data :
        List.of(
            "",
            "no end",
            "cr\r",
            "lf\n",
            "\r\n.",
            "a\r\n.\r\nMAIL FROM:<x@y>\r\n",
            "a\n.\r\nMAIL FROM:<x@y>\r\n",
            "a\r.\r\nMAIL FROM:<x@y>\r\n",
            "a\n.\nMAIL FROM:<x@y>\r\n",
            ".\r\n",
            "a\r\n.hidden\r\n",
            "a\nb\r\n",
            "a\rb\r\n")) {
      assertThat(send(Bulk.message("a@x.example", data)))
          .satisfiesExactly(SmtpLaneTest::isUnsendable);
    }
    assertThat(send(Bulk.message(""))).satisfiesExactly(SmtpLaneTest::isUnsendable);
    assertThat(server.connections).hasValue(0);
  }

  @Test
  void aBounceHasNoSender() {
    assertThat(send(new SmtpMessage("", "a@x.example", Buffer.buffer("\r\n"), 2, false)))
        .containsExactly(new Accepted("250"));
    assertThat(server.commands).contains("MAIL FROM:<> SIZE=2");
  }

  @Test
  void anOutcomeThatBreaksItsReaderBreaksNothingElse() {
    server.on(".a@", ScriptedServer.WHEN_TOLD + "250 ok");
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      lane.send(Bulk.message("a@x.example"))
          .onComplete(
              _ -> {
                throw new IllegalStateException("a reader's fault");
              });
      server.told.release();
      assertThat(lane.send(Bulk.message("b@x.example")).await()).isEqualTo(new Accepted("250"));
    }
    eventually("both were taken", () -> server.taken.size() == 2);
    assertThat(server.connections).hasValue(1);
  }

  private static void isUnsendable(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSENDABLE));
  }

  private List<Outcome> sendTogether(int many) {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      return Bulk.sendTogether(lane, server, Bulk.messages(many));
    }
  }

  private List<Outcome> sendMany(int many) {
    return send(Bulk.messages(many).toArray(SmtpMessage[]::new));
  }

  private List<Outcome> send(SmtpMessage... messages) {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      return Bulk.sendAll(lane, List.of(messages));
    }
  }
}
