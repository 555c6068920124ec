package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Unsent;

/** A server that is slow, or not there; and the end of a lane. */
@ExtendWith(VertxExtension.class)
class SmtpDeadlineTest {
  private static Vertx vertx;
  private static final Duration SOON = Duration.ofSeconds(1);
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
  @CsvSource({
    "greeting, hang, greeting timeout",
    "greeting, drip, greeting timeout",
    "EHLO, hang, ehlo timeout",
    "EHLO, drip, ehlo timeout",
    "MAIL, hang, mail timeout",
    "MAIL, drip, mail timeout"
  })
  void whereTheServerStopsBeforeItTakesMailIsToldAndNoTryIsSpent(
      String command, String manner, String code) {
    server.on(command, manner);
    assertThat(sendAll(Bulk.limits(Bulk.LONG, Bulk.times(SOON))))
        .containsOnly(new Unsent(code, Blocks.CHANNEL));
  }

  @ParameterizedTest
  @CsvSource({"RCPT, hang", "RCPT, drip", "DATA, hang", "DATA, drip"})
  void whatWasNotBegunOrNotEndedInTimeIsDeferred(String command, String manner) {
    server.on(command, manner);
    assertThat(sendAll(Bulk.limits(Bulk.LONG, Bulk.times(SOON))).getFirst())
        .isEqualTo(new Deferred("timeout", "no answer in time", Optional.empty()));
    assertThat(server.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {ScriptedServer.HANG, ScriptedServer.DRIP})
  void whatWasEndedAndNotAnsweredInTimeIsInDoubtAndTheEnvelopeBehindItIsDeferred(String manner) {
    server.on(".r0@", manner);
    assertThat(sendAll(Bulk.within(SOON)))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(new InDoubt("timeout", "no answer in time")),
            second -> isUnsent(second),
            third -> isUnsent(third));
    assertThat(server.hasTaken("r0@x.example")).isTrue();
    assertThat(server.taken).hasSize(1);
  }

  @Test
  void aServerThatDoesNotReadALargeMessageDoesNotHoldIt() {
    server.offers = "PIPELINING";
    server.on("DATA", ScriptedServer.DEAF);
    SmtpMessage large = Bulk.message("r0@x.example", Bulk.ofSize(20_000_000));
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.with(Bulk.relay(server), Bulk.within(SOON)))) {
      Outcome outcome = Bulk.sendAll(lane, List.of(large)).getFirst();
      isDeferred(outcome);
      assertThat(outcome.mayHaveReached()).as("the first of it left").isTrue();
    }
  }

  @Test
  void aServerThatThinksLongAfterTheDotIsWaitedForAndGetsNothingTwice() {
    server.on(".r0@", ScriptedServer.WHEN_TOLD + "250 2.0.0 queued");
    SmtpTimes patientAfterTheDot =
        new SmtpTimes(SOON, SOON, SOON, SOON, SOON, SOON, Duration.ofMinutes(10));
    SmtpRelay relay = Bulk.with(Bulk.relay(server), Bulk.limits(SOON, patientAfterTheDot));
    try (SmtpLane lane = new SmtpLane(vertx, relay)) {
      Future<Outcome> first = lane.send(Bulk.message("r0@x.example"));
      eventually("it is taken", () -> server.hasTaken("r0@x.example"));
      Future<Outcome> second = lane.send(Bulk.message("r1@x.example"));
      assertThat(second.await()).isEqualTo(SmtpLane.LATE);
      assertThat(first.isComplete()).as("longer than anything else may take").isFalse();
      server.told.release();
      assertThat(first.await()).isEqualTo(new Accepted("250"));
    }
    assertThat(server.taken).hasSize(1);
  }

  @Test
  void eachAnswerHasAtLeastTheTimeOfTheStandard() {
    SmtpTimes times = SmtpLimits.USUAL.times();
    assertThat(times.greeting()).isEqualTo(Duration.ofMinutes(5));
    assertThat(times.mail()).isEqualTo(Duration.ofMinutes(5));
    assertThat(times.rcpt()).isEqualTo(Duration.ofMinutes(5));
    assertThat(times.data()).isEqualTo(Duration.ofMinutes(2));
    assertThat(times.block()).isEqualTo(Duration.ofMinutes(3));
    assertThat(times.dot()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aDestinationThatAnswersSlowlyHoldsUpNobodyElse() {
    server.on(".slow", ScriptedServer.HANG);
    SmtpRelay relay =
        Bulk.with(Bulk.connections(Bulk.relay(server), 4, 1_000), Bulk.slowAfter(SOON));
    try (SmtpLane lane = new SmtpLane(vertx, relay)) {
      List<Future<Outcome>> slow =
          IntStream.range(0, 20)
              .mapToObj(i -> lane.send(Bulk.message("slow" + i + "@slow.example")))
              .toList();
      eventually("all connections wait", () -> server.taken.size() >= 4);
      assertThat(Bulk.sendAll(lane, Bulk.messages(100))).containsOnly(new Accepted("250"));
      eventually(
          "the rest of the slow comes back untried",
          () -> slow.stream().filter(sent -> SmtpLane.SLOW.equals(sent.result())).count() >= 12);
      assertThat(lane.send(Bulk.message("more@slow.example")).await()).isEqualTo(SmtpLane.SLOW);
      assertThat(server.mostOpen.get()).as("twice as many connections").isLessThanOrEqualTo(8);
      assertThat(lane.sendFirst(Bulk.message("stop@slow.example")).await())
          .as("a stop goes there all the same")
          .isEqualTo(new Accepted("250"));
      server.close();
    }
  }

  @Test
  void aStopGoesBeforeAllThatWaitsAndThroughAConnectionMore() {
    server.on(".slow", ScriptedServer.HANG);
    SmtpRelay relay = Bulk.connections(Bulk.relay(server), 1, 1_000);
    try (SmtpLane lane = new SmtpLane(vertx, relay)) {
      Future<Outcome> slow = lane.send(Bulk.message("slow@slow.example"));
      eventually("its connection waits", () -> server.hasTaken("slow@slow.example"));
      Future<Outcome> later = lane.send(Bulk.message("later@slow.example"));
      assertThat(lane.sendFirst(Bulk.message("stop@x.example")).await())
          .isEqualTo(new Accepted("250"));
      assertThat(slow.isComplete()).isFalse();
      assertThat(server.mostOpen.get()).isEqualTo(2);
      server.close();
      assertThat(later.await()).isNotNull();
    }
  }

  @Test
  void theEnvelopeThatWentWithASlowDotGoesAnotherWayOnce() {
    server.on("greeting", ScriptedServer.WHEN_TOLD + "220 hello");
    server.on(".slow", ScriptedServer.HANG);
    SmtpRelay relay =
        Bulk.with(Bulk.connections(Bulk.relay(server), 2, 1_000), Bulk.slowAfter(SOON));
    try (SmtpLane lane = new SmtpLane(vertx, relay)) {
      Future<Outcome> slow = lane.send(Bulk.message("slow@slow.example"));
      List<Future<Outcome>> others = Bulk.messages(3).stream().map(lane::send).toList();
      server.told.release();
      eventually(
          "its dot is read, with which an envelope came",
          () -> server.hasTaken("slow@slow.example"));
      server.told.release(2);
      Future.all(others).await();
      assertThat(others.stream().map(Future::result)).containsOnly(new Accepted("250"));
      assertThat(slow.isComplete()).isFalse();
      server.close();
    }
    assertThat(server.taken).hasSize(4);
  }

  @Test
  void whatNoConnectionTookInTimeIsUnsentAndWhatItWaitedForIsTold() {
    server.on("greeting", ScriptedServer.HANG);
    assertThat(sendAll(Bulk.limits(SOON, Bulk.times(Bulk.LONG))))
        .containsOnly(new Unsent("greeting timeout", Blocks.CHANNEL));
    assertThat(server.commands).isEmpty();
  }

  @Test
  void whereNobodyListensNothingWaitsAndSoonNothingIsTried() throws IOException {
    int nobody;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = unused.getLocalPort();
    }
    SmtpLimits patient = Bulk.PATIENT;
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.with(Bulk.relay(nobody), patient))) {
      assertThat(Bulk.sendAll(lane, Bulk.messages(3)))
          .containsOnly(new Unsent("connect unreachable", Blocks.CHANNEL));
      try (ScriptedServer late = ScriptedServer.at(nobody)) {
        assertThat(Bulk.sendAll(lane, Bulk.messages(3)))
            .containsOnly(new Unsent("connect unreachable", Blocks.CHANNEL));
        assertThat(late.connections).hasValue(0);
      }
    }
  }

  @Test
  void aConnectionLostBeforeItServedAMessageIsNotMadeAgainAtOnce() {
    server.on("MAIL", ScriptedServer.DROP);
    SmtpLimits patient = Bulk.PATIENT;
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.with(Bulk.relay(server), patient))) {
      assertThat(Bulk.sendAll(lane, Bulk.messages(1)))
          .containsOnly(new Unsent("mail closed", Blocks.CHANNEL));
      assertThat(Bulk.sendAll(lane, Bulk.messages(2)))
          .containsOnly(new Unsent("mail closed", Blocks.CHANNEL));
    }
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void afterThePauseTheServerIsTriedAgain() {
    server.on("greeting", "421 4.3.2 not yet");
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      isUnsent(Bulk.sendAll(lane, Bulk.messages(1)).getFirst());
      server.on("greeting", "220 now");
      eventually(
          "a message is taken",
          () -> Bulk.sendAll(lane, Bulk.messages(1)).getFirst().equals(new Accepted("250")));
    }
  }

  @Test
  void aConnectionWithoutWorkIsEndedPolitelyAndAnotherMadeWhenThereIsWork() {
    SmtpLimits limits =
        new SmtpLimits(
            Bulk.LONG,
            Bulk.LONG,
            Bulk.times(Bulk.LONG),
            Bulk.LONG,
            SOON,
            Bulk.LONG,
            Bulk.LONG,
            Bulk.LONG);
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.with(Bulk.relay(server), limits))) {
      assertThat(Bulk.sendAll(lane, Bulk.messages(1))).containsOnly(new Accepted("250"));
      eventually("the connection is ended", () -> server.open.get() == 0);
      assertThat(server.commands).endsWith("QUIT");
      assertThat(Bulk.sendAll(lane, Bulk.messages(1))).containsOnly(new Accepted("250"));
    }
    assertThat(server.connections).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "421 4.4.2 idle for too long\r\n"})
  void aServerThatEndsAnIdleConnectionCostsNoMessageAnything(String lastWords) {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      for (int i = 1; i <= 20; i++) {
        assertThat(Bulk.sendAll(lane, Bulk.messages(2))).containsOnly(new Accepted("250"));
        server.hangUp(lastWords);
        if (!lastWords.isEmpty()) {
          eventually("the lane let go of it", () -> server.open.get() == 0);
        }
      }
    }
    assertThat(server.taken).hasSize(40);
  }

  @Test
  void furtherConnectionsThatTheServerRefusesAreDoneWithout() {
    server.mostConnections = 2;
    server.on(".", ScriptedServer.WHEN_TOLD + "250 ok");
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.connections(Bulk.relay(server), 6, 100_000))) {
      List<Future<Outcome>> sent = Bulk.messages(2_000).stream().map(lane::send).toList();
      eventually("a third connection was tried", () -> server.connections.get() == 3);
      server.told.release(sent.size());
      Future.all(sent).await();
      assertThat(sent.stream().map(Future::result)).containsOnly(new Accepted("250"));
    }
    assertThat(server.connections).hasValue(3);
    assertThat(server.taken).hasSize(2_000);
  }

  @Test
  void afterAWhileOneMoreConnectionIsTried() {
    server.mostConnections = 1;
    SmtpLimits limits =
        new SmtpLimits(
            Bulk.LONG,
            Bulk.LONG,
            Bulk.times(Bulk.LONG),
            Bulk.LONG,
            Bulk.LONG,
            Bulk.LONG,
            Bulk.LONG,
            SOON);
    SmtpRelay relay = Bulk.with(Bulk.connections(Bulk.relay(server), 2, 100_000), limits);
    try (SmtpLane lane = new SmtpLane(vertx, relay)) {
      eventually(
          "a second one is tried twice",
          () -> {
            assertThat(Bulk.sendAll(lane, Bulk.messages(50))).containsOnly(new Accepted("250"));
            return server.connections.get() >= 3;
          });
    }
  }

  @Test
  void aClosingLaneEndsWhatIsOnTheWireAndDefersTheRest() {
    server.on("greeting", ScriptedServer.WHEN_TOLD + "220 hello");
    server.on(".r0@", ScriptedServer.WHEN_TOLD + "250 2.0.0 queued");
    SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server));
    List<Future<Outcome>> sent = Bulk.messages(5).stream().map(lane::send).toList();
    server.told.release();
    eventually("the first is on the wire", () -> server.hasTaken("r0@x.example"));
    Future<Void> finished = lane.finish();
    assertThat(lane.send(Bulk.message("late@x.example")).await()).isEqualTo(SmtpLane.CLOSING);
    assertThat(finished.isComplete()).isFalse();
    server.told.release();
    finished.await();
    assertThat(sent.stream().map(Future::result))
        .containsExactly(
            new Accepted("250"),
            new Accepted("250"),
            SmtpLane.CLOSING,
            SmtpLane.CLOSING,
            SmtpLane.CLOSING);
    assertThat(server.commands).endsWith("QUIT");
    eventually("the connection is gone", () -> server.open.get() == 0);
  }

  @Test
  void aLaneThatClosesWhileItConnectsDefersWhatWaits() {
    server.on("greeting", ScriptedServer.HANG);
    SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server));
    Future<Outcome> sent = lane.send(Bulk.message("a@x.example"));
    eventually("it is connected", () -> server.connections.get() == 1);
    lane.close();
    assertThat(sent.result()).isEqualTo(SmtpLane.CLOSING);
  }

  private static void isUnsent(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unsent.class);
  }

  private static void isDeferred(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Deferred.class);
  }

  private List<Outcome> sendAll(SmtpLimits limits) {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.with(Bulk.relay(server), limits))) {
      return Bulk.sendAll(lane, Bulk.messages(3));
    }
  }
}
