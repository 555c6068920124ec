package org.tocsin.bench.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail receiver that misbehaves still counts exactly what it got and what it said to it. */
class SmtpFaultsTest {
  private final ReceiverFixture receiver =
      new ReceiverFixture(new MailReception(false, 0, 5_000), InstantSource.system());

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aMailDroppedBeforeItIsRecordedWasNeverReceived() throws IOException {
    receiver.rule("at", "dot", "do", "drop", "times", 1);
    assertThat(replyTo("amina@home.example")).isEqualTo(Wire.CLOSED);
    assertThat(counts()).containsExactly(0L, 0L, 0L);
    assertThat(receiver.apart("dropped")).isEqualTo(1);
    assertThat(replyTo("amina@home.example")).startsWith("250");
    assertThat(counts()).containsExactly(1L, 1L, 0L);
  }

  @Test
  void aMailDroppedAfterItIsRecordedIsReceivedAndUnacknowledged() throws IOException {
    receiver.rule("at", "dot", "do", "drop_recorded", "times", 1);
    assertThat(replyTo("amina@home.example")).isEqualTo(Wire.CLOSED);
    assertThat(counts()).containsExactly(1L, 0L, 1L);
    assertThat(replyTo("amina@home.example")).startsWith("250");
    assertThat(counts()).containsExactly(2L, 1L, 1L);
    assertThat(receiver.count("duplicates")).isEqualTo(1);
    assertThat(receiver.remote.received())
        .startsWith("amina@home.example\t<one@hub.example>\t2\t1\t");
  }

  @ParameterizedTest
  @CsvSource({"hang, 0", "hang_recorded, 1"})
  void aReceiverThatHangsSaysNothingAndKeepsTheConnection(String how, long received)
      throws IOException {
    receiver.rule("at", "dot", "do", how);
    try (Wire wire = Mails.greeted(receiver.port())) {
      wire.write(Mails.envelope("amina@home.example"));
      expect(wire, "250", "250", "354");
      wire.write(Mails.mail("amina@home.example", "one") + ".\r\nNOOP\r\n");
      eventually("it hangs", () -> receiver.apart("hung") == 1);
      wire.write("NOOP\r\n");
      assertThat(counts()).containsExactly(received, 0L, received);
      assertThat(receiver.count("open")).isEqualTo(1);
      assertThat(wire.isSilent()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "rcpt", "data", "dot"})
  void aRefusalAtAnyStageIsCountedAndTheConnectionGoesOn(String stage) throws IOException {
    receiver.rule("at", stage, "do", "451", "times", 1);
    try (Wire wire = Mails.greeted(receiver.port())) {
      wire.write(Mails.envelope("amina@home.example"));
      String replies = wire.line() + wire.line() + wire.line();
      if (stage.equals("dot")) {
        wire.write(Mails.mail("amina@home.example", "one") + ".\r\n");
        replies += wire.line();
      }
      assertThat(replies).contains("451 4.3.0");
      wire.write("RSET\r\n" + Mails.envelope("amina@home.example"));
      expect(wire, "250", "250", "250", "354");
      wire.write(Mails.mail("amina@home.example", "one") + ".\r\n");
      expect(wire, "250");
    }
    assertThat(counts()).containsExactly(1L, 1L, 0L);
    assertThat(receiver.apart("answered_451")).isEqualTo(1);
  }

  @Test
  void onlyTheDomainOfTheRuleIsRefused() throws IOException {
    receiver.rule("at", "rcpt", "do", "550", "to", "slow.example");
    try (Wire wire = Mails.greeted(receiver.port())) {
      wire.write("MAIL FROM:<b@hub.example>\r\nRCPT TO:<a@slow.example>\r\n");
      expect(wire, "250", "550 5.1.1");
      wire.write("RCPT TO:<a@notslow.example>\r\nRSET\r\nMAIL FROM:<b@hub.example>\r\n");
      expect(wire, "250", "250", "250");
      wire.write("RCPT TO:<a@sub.slow.example>\r\n");
      expect(wire, "250");
    }
  }

  @Test
  void afterSoManyMailsTheConnectionIsClosedWith421() throws IOException {
    receiver.rule("at", "mail", "do", "421", "after", 2);
    try (Wire wire = Mails.greeted(receiver.port())) {
      for (String id : List.of("one", "two")) {
        wire.write(Mails.envelope("amina@home.example"));
        expect(wire, "250", "250", "354");
        wire.write(Mails.mail("amina@home.example", id) + ".\r\n");
        expect(wire, "250");
      }
      wire.write(Mails.envelope("amina@home.example"));
      expect(wire, "421 4.3.2", Wire.CLOSED);
    }
    assertThat(counts()).containsExactly(2L, 2L, 0L);
  }

  @Test
  void theReplyCanBeWrittenOutAndBeTheGreeting() throws IOException {
    receiver.rule("at", "connect", "do", "554 5.7.1 Not you", "times", 1);
    try (Wire wire = new Wire(receiver.port())) {
      expect(wire, "554 5.7.1 Not you", Wire.CLOSED);
    }
    Mails.greeted(receiver.port()).close();
  }

  @Test
  void aShareOfTheMailsIsRefusedAndEveryOneOfThemCounted() throws IOException {
    receiver.rule("at", "dot", "do", "451", "share", 0.5);
    int accepted = 0;
    try (Wire wire = Mails.greeted(receiver.port())) {
      for (int i = 0; i < 200; i++) {
        wire.write(Mails.envelope("amina@home.example"));
        expect(wire, "250", "250", "354");
        wire.write(Mails.mail("amina@home.example", "m" + i) + ".\r\n");
        accepted += wire.line().startsWith("250") ? 1 : 0;
      }
    }
    assertThat(accepted).isBetween(50, 150);
    assertThat(counts()).containsExactly((long) accepted, (long) accepted, 0L);
    assertThat(receiver.apart("answered_451")).isEqualTo(200 - accepted);
  }

  @Test
  void aDelayedReplyIsNoAcknowledgementYet() throws IOException {
    try (Wire wire = Mails.greeted(receiver.port())) {
      wire.write(Mails.envelope("amina@home.example"));
      expect(wire, "250", "250", "354");
      receiver.remote.faults(new JsonObject().put("delay_ms", 600_000));
      wire.write(Mails.mail("amina@home.example", "one") + ".\r\n");
      eventually("it is received", () -> receiver.count("received") == 1);
    }
    assertThat(counts()).containsExactly(1L, 0L, 1L);
  }

  @Test
  void drippedRepliesComeWholeAndInOrder() throws IOException {
    receiver.remote.faults(new JsonObject().put("delay_ms", 2).put("drip_ms", 1));
    assertThat(replyTo("amina@home.example")).isEqualTo("250 2.0.0 Ok");
    assertThat(counts()).containsExactly(1L, 1L, 0L);
  }

  @Test
  void aCapMakesWhatIsAboveItWait() {
    Misbehaviour capped = new Misbehaviour();
    capped.set(Faults.of(new JsonObject().put("per_second", 10)));
    long last = 0;
    for (int i = 0; i < 600; i++) {
      last = capped.delay(1);
    }
    assertThat(last).isBetween(30_000L, 60_000L);
    assertThat(capped.delay(0)).isZero();
  }

  @Test
  void aRuleCanBeForWhatExceedsARateOnly() {
    Misbehaviour limited = new Misbehaviour();
    limited.set(
        Faults.of(
            new JsonObject()
                .put(
                    "rules",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("at", "rcpt")
                                .put("do", "451 4.7.1 Slow down")
                                .put("per_second", 10_000)))));
    byte[] whom = "a@home.example".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10_000; i++) {
      assertThat(limited.at(Stage.RCPT, whom, 0)).isEmpty();
    }
    eventually("a second takes more than 10,000", () -> exceeds(limited, whom));
  }

  private static boolean exceeds(Misbehaviour limited, byte[] whom) {
    for (int i = 0; i < 20_001; i++) {
      if (limited.at(Stage.RCPT, whom, 0).isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whileItRefusesNobodyIsLetInAndAllAreThrownOut() throws IOException {
    try (Wire before = Mails.greeted(receiver.port())) {
      receiver.remote.faults(new JsonObject().put("refuse_seconds", 600));
      assertThatThrownBy(() -> new Wire(receiver.port())).isInstanceOf(ConnectException.class);
      assertThat(before.line()).isEqualTo(Wire.CLOSED);
    }
    receiver.remote.faults(new JsonObject());
    assertThat(answers()).isTrue();
  }

  @Test
  void aReceiverThatRefusesComesBackByItselfOnTheSamePort() {
    receiver.remote.faults(new JsonObject().put("refuse_seconds", 1));
    eventually("it is back", this::answers);
  }

  private boolean answers() {
    try (Wire wire = Mails.greeted(receiver.port())) {
      wire.write("NOOP\r\n");
      return wire.line().startsWith("250");
    } catch (IOException notYet) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'delay': 3}",
        "{'delay_ms': -1}",
        "{'delay_ms': 'x'}",
        "{'rules': [{'at': 'dot'}]}",
        "{'rules': [{'at': 'nowhere', 'do': 'drop'}]}",
        "{'rules': [{'at': 'request', 'do': 'drop'}]}",
        "{'rules': [{'at': 'dot', 'do': 'drop', 'probability': 0.1}]}",
        "{'rules': [{'at': 'dot', 'do': 'drop', 'share': 5}]}",
        "{'rules': [{'at': 'rcpt', 'do': 'drop_recorded'}]}"
      })
  void aFaultThatIsNoneIsRefusedInsteadOfIgnored(String faults) {
    JsonObject wrong = new JsonObject(faults.replace('\'', '"'));
    assertThatThrownBy(() -> receiver.remote.faults(wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the receiver refuses: ");
  }

  private String replyTo(String recipient) throws IOException {
    try (Wire wire = Mails.greeted(receiver.port())) {
      wire.write(Mails.envelope(recipient));
      expect(wire, "250", "250", "354");
      wire.write(Mails.mail(recipient, "one") + ".\r\n");
      return wire.line();
    }
  }

  /** Received, acknowledged, unacknowledged. */
  private List<Long> counts() {
    JsonObject state = receiver.remote.state();
    return List.of(
        state.getLong("received"), state.getLong("acknowledged"), state.getLong("unacknowledged"));
  }

  private static void expect(Wire wire, String... beginnings) throws IOException {
    for (String beginning : beginnings) {
      assertThat(wire.line()).startsWith(beginning);
    }
  }
}
