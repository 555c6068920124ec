package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
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
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.channels.Outcome.Unsent;

/** A server that says no: of three messages, the second; the others must not notice. */
@ExtendWith(VertxExtension.class)
class SmtpRefusalsTest {
  private static Vertx vertx;
  private static final Accepted ACCEPTED = new Accepted("250");
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
    "true, MAIL FROM:<b1@, 550 5.7.1 not you, POLICY",
    "true, MAIL FROM:<b1@, 550 go away, POLICY",
    "true, RCPT TO:<r1@, 550 5.1.1 nobody, NO_SUCH_ADDRESS",
    "true, RCPT TO:<r1@, 550 nobody, NO_SUCH_ADDRESS",
    "true, RCPT TO:<r1@, 552 5.2.2 full, OTHER",
    "true, .r1@, 554 5.6.0 malformed, UNSENDABLE",
    "true, .r1@, 550 no, OTHER",
    "false, MAIL FROM:<b1@, 550 5.7.1 not you, POLICY",
    "false, RCPT TO:<r1@, 550 5.1.1 nobody, NO_SUCH_ADDRESS",
    "false, .r1@, 554 5.6.0 malformed, UNSENDABLE"
  })
  void neverIsRefusedAndOnlyForTheMessageThatWasMeant(
      boolean pipelined, String command, String reply, Reason reason) {
    server.offers = pipelined ? "PIPELINING" : "HELP";
    server.on(command, reply);
    List<Outcome> outcomes = sendThree();
    assertThat(outcomes.get(1))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.answer()).isEqualTo(reply);
              assertThat(reply).startsWith(refused.code());
              assertThat(refused.mayHaveReached()).as("refused for certain").isFalse();
            });
    othersWereTaken(outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "true, MAIL FROM:<b1@, 452 4.3.1 no room, 452 4.3.1",
    "true, RCPT TO:<r1@, 450 4.2.1 busy, 450 4.2.1",
    "true, .r1@, 451 later, 451",
    "false, MAIL FROM:<b1@, 452 4.3.1 no room, 452 4.3.1",
    "true, RCPT TO:<r1@, 451 4.7.1 greylisted, 451 4.7.1",
    "false, RCPT TO:<r1@, 450 4.2.1 busy, 450 4.2.1",
    "false, .r1@, 451 later, 451"
  })
  void notNowIsDeferredAndOnlyForTheMessageThatWasMeant(
      boolean pipelined, String command, String reply, String code) {
    server.offers = pipelined ? "PIPELINING" : "HELP";
    server.on(command, reply);
    List<Outcome> outcomes = sendThree();
    assertThat(outcomes.get(1))
        .isInstanceOfSatisfying(
            Deferred.class,
            deferred -> {
              assertThat(deferred.code()).isEqualTo(code);
              assertThat(deferred.mayHaveReached()).as("refused for certain").isFalse();
            });
    othersWereTaken(outcomes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void patienceThatIsAskedForBeforeARecipientIsNamedIsTheRelaysMatter(boolean pipelined) {
    server.offers = pipelined ? "PIPELINING" : "HELP";
    server.on("MAIL FROM:<b1@", "451 4.7.1 too much mail from you");
    List<Outcome> outcomes = sendThree();
    assertThat(outcomes.get(1)).isEqualTo(new Unsent("mail 451 4.7.1", Blocks.CHANNEL));
    othersWereTaken(outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, greeting 421 4.3.2, CHANNEL",
    "EHLO, ehlo 421 4.3.2, CHANNEL",
    "MAIL, mail 421 4.3.2, CHANNEL",
    "MAIL FROM:<b1@, mail 421 4.3.2, NOTHING"
  })
  void aServerThatMustGoBeforeARecipientIsNamedSpendsNoTry(
      String command, String code, Blocks blocks) {
    server.on(command, "421 4.3.2 shutting down");
    int which = command.contains("b1@") ? 1 : 0;
    assertThat(sendThree().get(which)).isEqualTo(new Unsent(code, blocks));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL FROM:<b1@", "RCPT TO:<r1@"})
  void aBodyIsNotWrittenForARefusedMessageThoughTheServerAsksForIt(String command) {
    server.on(command, "550 5.1.1 no");
    server.on("DATA", "354 go ahead");
    server.on(".nobody", "554 5.5.1 no recipients");
    List<Outcome> outcomes = sendThree();
    assertThat(outcomes.get(1)).isInstanceOf(Refused.class);
    assertThat(server.taken)
        .filteredOn(taken -> !taken.to().startsWith("r0") && !taken.to().startsWith("r2"))
        .singleElement()
        .satisfies(empty -> assertThat(empty.data()).isEmpty());
    assertThat(outcomes.getFirst()).isEqualTo(ACCEPTED);
    assertThat(outcomes.getLast()).isEqualTo(ACCEPTED);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void theServerForgetsARefusedMessageBeforeItHearsOfTheNext() {
    server.on("RCPT TO:<r1@", "550 5.1.1 nobody");
    othersWereTaken(sendThree());
    assertThat(server.commands)
        .containsSubsequence("RCPT TO:<r1@x.example>", "RSET", "RCPT TO:<r2@x.example>");
  }

  @ParameterizedTest
  @CsvSource({"true, 451 4.3.0 no room", "true, 554 5.3.0 no", "false, 451 4.3.0 no room"})
  void refusedDataIsNotSent(boolean pipelined, String reply) {
    server.offers = pipelined ? "PIPELINING" : "HELP";
    server.on("DATA", reply);
    assertThat(sendThree())
        .allSatisfy(outcome -> assertThat(reply).startsWith(outcome.code()))
        .noneMatch(Accepted.class::isInstance);
    assertThat(server.taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT TO:<r1@, true",
    "DATA, true",
    ".r1@, true",
    "RCPT TO:<r1@, false",
    "DATA, false",
    ".r1@, false"
  })
  void aServerThatMustGoDefersWhatItHadNotAnswered(String command, boolean pipelined) {
    server.offers = pipelined ? "PIPELINING" : "HELP";
    server.on(command, "421 4.3.2 shutting down");
    List<Outcome> outcomes = sendThree();
    boolean known = command.contains("1@");
    assertThat(outcomes.get(known ? 1 : 0))
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.code()).isEqualTo("421 4.3.2"));
    assertThat(outcomes.getFirst()).isInstanceOf(known ? Accepted.class : Deferred.class);
  }

  @Test
  void theEnvelopeBehindAMessageThatGot421IsNotTried() {
    server.on(".r1@", ScriptedServer.AFTER_MORE + "421 4.3.2 shutting down");
    assertThat(sendThree())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo(ACCEPTED),
            second -> assertThat(second).isInstanceOf(Deferred.class),
            third -> assertThat(third).isEqualTo(new Unsent("mail closed", Blocks.NOTHING)));
    assertThat(server.taken).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT TO:<r1@, 354 what",
    "RCPT TO:<r1@, 25",
    "RCPT TO:<r1@, 2500 ok",
    "RCPT TO:<r1@, 650 ok",
    "RCPT TO:<r1@, 250-a\r\n251 b"
  })
  void anAnswerThatFitsNoQuestionEndsTheConnectionAndTakesNothing(String command, String reply) {
    server.on(command, reply);
    assertThat(sendThree().get(1))
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.code()).isEqualTo("protocol"));
    assertThat(server.hasTaken("r1@x.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"354 what", "nonsense"})
  void suchAnAnswerBeforeAnybodyIsNamedSpendsNoTry(String reply) {
    server.on("MAIL FROM:<b1@", reply);
    assertThat(sendThree().get(1)).isEqualTo(new Unsent("mail garbled", Blocks.NOTHING));
    assertThat(server.hasTaken("r1@x.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"354 more", "nonsense", "250-ok\r\n550 no", ScriptedServer.DROP})
  void anAnswerToTheDotThatIsNoneLeavesTheMessageInDoubt(String reply) {
    server.on(".r1@", reply);
    assertThat(sendThree().get(1))
        .isInstanceOfSatisfying(
            InDoubt.class, doubt -> assertThat(doubt.code()).isEqualTo("no answer"));
    assertThat(server.hasTaken("r1@x.example")).isTrue();
  }

  @Test
  void aReplyWithoutEndIsNotWaitedFor() {
    server.on("RCPT TO:<r1@", "250 " + "x".repeat(3_000));
    assertThat(sendThree().get(1)).isInstanceOf(Deferred.class);
    server.on("RCPT TO:<r1@", "250-x\r\n".repeat(20_000) + "250 x");
    assertThat(sendThree().get(1)).isInstanceOf(Deferred.class);
    server.on("RCPT TO:<r1@", "250 " + "x".repeat(1_900));
    assertThat(sendThree().get(1)).isEqualTo(ACCEPTED);
  }

  private void othersWereTaken(List<Outcome> outcomes) {
    assertThat(outcomes.getFirst()).isEqualTo(ACCEPTED);
    assertThat(outcomes.getLast()).isEqualTo(ACCEPTED);
    assertThat(server.hasTaken("r0@x.example")).isTrue();
    assertThat(server.hasTaken("r2@x.example")).isTrue();
    assertThat(server.connections).hasValue(1);
  }

  private List<Outcome> sendThree() {
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.relay(server))) {
      return Bulk.sendTogether(
          lane, server, Bulk.messages(3).stream().map(SmtpRefusalsTest::fromItsOwnSender).toList());
    }
  }

  private static SmtpMessage fromItsOwnSender(SmtpMessage message) {
    String sender = message.recipient().replace("r", "b").replace("x.example", "hub.example");
    return new SmtpMessage(
        sender, message.recipient(), message.data(), message.size(), message.eightBit());
  }
}
