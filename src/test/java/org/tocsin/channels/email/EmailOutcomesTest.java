package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.channels.Outcome.Unsent;
import org.tocsin.channels.email.smtp.SmtpLane;
import org.tocsin.channels.email.smtp.SmtpLimits;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.testing.OurMail;

/** What each way of failing becomes, against a relay that does as it is told. */
@ExtendWith(VertxExtension.class)
class EmailOutcomesTest {
  private static Vertx vertx;
  private static final Duration SOON = Duration.ofMillis(700);
  private static final MailContent CONTENT =
      new LetterPress(Letters.DEMO).press(Letters.newsletter(), Languages.load().in("en"));
  private static final Unsent BUSY = new Unsent("busy", Blocks.NOTHING);
  private final ScriptedRelay relay = new ScriptedRelay();

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void closeRelay() throws IOException {
    relay.close();
  }

  @Test
  void aTakenMessageIsAcceptedWithItsBounceAddress() {
    assertThat(send("reader@home.example")).isEqualTo(new Accepted("250"));
    assertThat(relay.commands)
        .anyMatch(line -> line.startsWith("MAIL FROM:<b+d7k2m.1@bounce.tocsin.example>"))
        .contains("RCPT TO:<reader@home.example>", "EHLO bounce.tocsin.example");
    assertThat(relay.messages).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 451 4.7.1 greylisted, 451 4.7.1",
    "MAIL, 452 4.3.1 no room, 452 4.3.1",
    "RCPT, 450 4.2.1 mailbox busy, 450 4.2.1",
    "RCPT, 452 4.5.3 too many, 452 4.5.3",
    "DATA, 421 4.3.2 closing, 421 4.3.2",
    "., 451 try later, 451",
    "., 421 4.7.0 slow down, 421 4.7.0"
  })
  void notNowIsDeferred(String command, String reply, String code) {
    relay.answering(command, reply);
    assertThat(send("reader@home.example"))
        .isInstanceOfSatisfying(
            Deferred.class,
            deferred -> {
              assertThat(deferred.code()).isEqualTo(code);
              assertThat(deferred.answer()).isEqualTo(reply);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, NO_SUCH_ADDRESS",
    "RCPT, 550 5.1.2 no such domain, NO_SUCH_ADDRESS",
    "RCPT, 553 5.1.3 bad syntax, NO_SUCH_ADDRESS",
    "RCPT, 551 5.1.6 moved, NO_SUCH_ADDRESS",
    "RCPT, 556 5.1.10 null MX, NO_SUCH_ADDRESS",
    "RCPT, 550 no such user here, NO_SUCH_ADDRESS",
    "RCPT, 553 sorry, NO_SUCH_ADDRESS",
    "., 550 5.1.1 told late, NO_SUCH_ADDRESS",
    "RCPT, 550 5.7.1 you may not, POLICY",
    "RCPT, 554 5.7.606 banned sender, POLICY",
    "., 550 5.7.26 unauthenticated, POLICY",
    "MAIL, 550 go away, POLICY",
    "MAIL, 553 5.1.8 sender domain, POLICY",
    "RCPT, 550 5.1.0 something, OTHER",
    "RCPT, 554 no, OTHER",
    "RCPT, 550 5.2.1 disabled, OTHER",
    "RCPT, 552 5.2.2 full, OTHER",
    "., 550 content, OTHER",
    "., 554 5.6.0 malformed, UNSENDABLE",
    "., 552 5.3.4 too big, UNSENDABLE"
  })
  void neverIsRefusedWithItsReason(String command, String reply, Reason reason) {
    relay.answering(command, reply);
    assertThat(send("reader@home.example"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.answer()).isEqualTo(reply);
              assertThat(reply).startsWith(refused.code());
              assertThat(refused.code()).matches("\\d{3}( \\d\\.\\d+\\.\\d+)?");
            });
  }

  @Test
  void aReplyOfManyLinesIsReadWhole() {
    relay.answering("RCPT", "550-5.1.1 The account does not exist.\r\n550 5.1.1 Look at typos.");
    assertThat(send("reader@home.example"))
        .isEqualTo(
            new Refused(
                "550 5.1.1",
                "550-5.1.1 The account does not exist.\n550 5.1.1 Look at typos.",
                Reason.NO_SUCH_ADDRESS));
  }

  @Test
  void aMessageThatTheRelaySaysIsTooLargeIsNotTried() {
    relay.answering("EHLO", "250-relay.example\r\n250 SIZE 2000");
    assertThat(send("reader@home.example"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSENDABLE));
    assertThat(relay.messages).isEmpty();
  }

  @Test
  void noAnswerAfterTheFinalDotIsInDoubt() {
    relay.answering(".", ScriptedRelay.DROP);
    assertThat(send("reader@home.example")).isInstanceOf(InDoubt.class);
    assertThat(relay.messages).hasSize(1);
  }

  @Test
  void anAnswerThatIsNoReplyIsInDoubt() {
    relay.answering(".", "what was that?");
    assertThat(send("reader@home.example")).isInstanceOf(InDoubt.class);
  }

  @Test
  void aRelayThatThinksLongerThanAConnectionIsWaitedForGetsNothingTwice() {
    relay.answering(".", ScriptedRelay.HANG);
    Settings two = Letters.settings(Map.of("TOCSIN_DEMO", "true", "TOCSIN_SMTP_CONNECTIONS", "2"));
    try (EmailChannel channel = channel(two, SOON)) {
      Future<Outcome> sent = channel.send(CONTENT.toJson(), envelope("reader@home.example"));
      eventually("it is taken", () -> relay.messages.size() == 1);
      Outcome behind = channel.send(CONTENT.toJson(), envelope("other@home.example")).await();
      assertThat(behind).as("has no share of the connections").isEqualTo(BUSY);
      assertThat(sent.isComplete()).as("though it waits for longer").isFalse();
      relay.answerAtLast();
      assertThat(sent.await()).isEqualTo(new Accepted("250"));
    }
    assertThat(relay.messages).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
  void aConnectionLostInTheConversationIsInDoubtBecauseTheClientDoesNotSayWhere(String command) {
    relay.answering(command, ScriptedRelay.DROP);
    assertThat(send("reader@home.example")).isInstanceOf(InDoubt.class);
    assertThat(relay.messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, drop, greeting closed",
    "greeting, 554 5.7.1 no service for you, greeting 554 5.7.1",
    "greeting, 421 4.3.2 busy, greeting 421 4.3.2",
    "EHLO, drop, ehlo closed",
    "EHLO, 502 5.5.1 no, ehlo 502 5.5.1",
    "MAIL, 451 4.7.1 too much, mail 451 4.7.1"
  })
  void aRelayThatDoesNotLetUsInIsNobodysTryAndItsCauseIsTold(
      String command, String reply, String code) {
    relay.answering(command, reply);
    assertThat(send("reader@home.example")).isEqualTo(new Unsent(code, Blocks.CHANNEL));
  }

  @Test
  void nobodyListeningIsDeferred() throws IOException {
    int nobody;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = unused.getLocalPort();
    }
    try (EmailChannel channel =
        new EmailChannel(vertx, Letters.DEMO, "127.0.0.1", nobody, () -> Instant.EPOCH)) {
      Outcome outcome = channel.send(CONTENT.toJson(), envelope("reader@home.example")).await();
      assertThat(outcome).isEqualTo(new Unsent("connect unreachable", Blocks.CHANNEL));
    }
  }

  @Test
  void anAttemptGivenUpWhileConnectingIsNeverSentLater() {
    relay.answering("greeting", ScriptedRelay.HANG);
    try (EmailChannel channel = channel(Letters.DEMO, SOON)) {
      Outcome outcome = channel.send(CONTENT.toJson(), envelope("reader@home.example")).await();
      assertThat(outcome).isEqualTo(BUSY);
      relay.answerAtLast();
      eventually("the late connection is ended", () -> relay.commands.contains("QUIT"));
      assertThat(relay.commands).noneMatch(line -> line.startsWith("MAIL"));
      assertThat(relay.messages).isEmpty();
    }
  }

  @Test
  void withoutTheRequiredEncryptionNothingIsSent() {
    assertThat(sendWith(Letters.settings(Map.of("TOCSIN_SMTP_TLS", "required"))))
        .isEqualTo(new Unsent("starttls not offered", Blocks.CHANNEL));
    assertThat(relay.commands).noneMatch(line -> line.startsWith("MAIL"));
  }

  @Test
  void aRefusedLoginIsTheOperatorsTroubleNotThePersons() {
    relay
        .answering("EHLO", "250-relay.example\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN")
        .answering("AUTH", "535 5.7.8 bad credentials");
    Settings settings =
        Letters.settings(Map.of("TOCSIN_SMTP_USERNAME", "hub", "TOCSIN_SMTP_PASSWORD", "secret"));
    assertThat(sendWith(settings)).isEqualTo(new Unsent("auth 535 5.7.8", Blocks.CHANNEL));
  }

  @Test
  void domainsThatAreNotAllowedNeverReachTheRelay() {
    for (String address :
        List.of("a@gmail.com", "a@example.com", "a@notexample", "a@my-example", "a@example.evil")) {
      assertThat(send(address))
          .as(address)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN));
    }
    assertThat(relay.commands).isEmpty();
    for (String address : List.of("a@example", "a@x.example", "a@deep.x.TEST", "a@localhost")) {
      assertThat(send(address)).as(address).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void withoutAListOfDomainsEveryDomainIsWrittenTo() {
    Settings production = Letters.settings(Map.of());
    try (EmailChannel channel = channel(production, EmailChannel.DEADLINE)) {
      assertThat(channel.send(CONTENT.toJson(), envelope("a@gmail.com")).await())
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void anAddressCannotSmuggleACommandOrAHeader() {
    for (String address :
        List.of(
            "a@x.example>\r\nRCPT TO:<b@y.example",
            "a@x.example\r\nBcc: b@y.example",
            "a@x.example, b@y.example",
            "a b@x.example",
            "<a@x.example>",
            "\"a\r\nb\"@x.example",
            "a@x.example\0",
            "a@[127.0.0.1]",
            "@x.example",
            "a@",
            "",
            "ü@x.example",
            "a@x..example",
            "a".repeat(65) + "@x.example",
            "a@" + "b".repeat(250) + ".example")) {
      assertThat(send(address))
          .as(address)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSENDABLE));
    }
    assertThat(relay.commands).isEmpty();
  }

  @Test
  void whatFillsAHoleCannotBeginAHeaderAPartOrACommand() {
    MailContent inSubject =
        new MailContent(
            Template.ours("Dear {{name}}"), CONTENT.text(), CONTENT.html(), CONTENT.headers());
    for (String name : List.of("A\r\nBcc: b@y.example", "A\nX: y", "A\0", "A\u0085B", "A\u2028B")) {
      assertThat(sendContent(inSubject, with("name", name)))
          .as(name)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSENDABLE));
    }
    for (String id : List.of("x y", "ñ", "", "x@y")) {
      assertThat(sendContent(CONTENT, with("list_id", id))).as(id).isInstanceOf(Refused.class);
    }
    assertThat(
            sendContent(CONTENT, with("unsubscribe_url", "https://x.example/\r\nBcc: b@c.example")))
        .isInstanceOf(Refused.class);
    assertThat(relay.messages).isEmpty();

    String smuggler = "A\r\n.\r\nMAIL FROM:<x@y.example>\r\n--=_d7k2m.1\rB\n.\n";
    assertThat(sendContent(CONTENT, with("name", smuggler))).isInstanceOf(Accepted.class);
    assertThat(relay.messages).hasSize(1);
    assertThat(relay.messages.getFirst().replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(relay.commands).filteredOn(line -> line.startsWith("MAIL")).hasSize(1);
    ParsedMail mail = new ParsedMail(relay.messages.getFirst());
    assertThat(mail.text()).contains("A\n.\nMAIL FROM:<x@y.example>\n--=_d7k2m.1\nB\n.\n");
    assertThat(mail.all("Bcc")).isEmpty();
  }

  @Test
  void contentCannotBringAHeaderOfTheEnvelope() {
    for (String header : List.of("Bcc", "from", "To", "Subject ", "X\r\nBcc", "Content-Type")) {
      MailContent hostile = OurMail.of("s", "text", "<p>html</p>", Map.of(header, "b@y.example"));
      assertThat(sendContent(hostile, Letters.READER)).as(header).isInstanceOf(Refused.class);
    }
    assertThat(relay.commands).isEmpty();
  }

  @Test
  void aHoleThatStaysOpenIsNeverSent() {
    Map<String, String> holes = new HashMap<>(Letters.READER);
    holes.remove("name");
    assertThat(sendContent(CONTENT, holes))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.UNSENDABLE);
              assertThat(refused.answer()).isEqualTo("nothing fills the hole name");
            });
  }

  @Test
  void whatIsNotAMessageIsAnOutcomeAndNotAnException() {
    try (EmailChannel channel = channel(Letters.DEMO, EmailChannel.DEADLINE)) {
      assertThat(channel.send(new JsonObject(), envelope("a@x.example")).await())
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void everyTryOfADeliveryHasTheSameMessageId() {
    relay.answering(".", "451 4.3.0 later");
    send("reader@home.example");
    relay.answering(".", "250 2.0.0 ok");
    send("reader@home.example");
    assertThat(relay.messages).hasSize(2);
    assertThat(relay.messages)
        .allSatisfy(
            raw ->
                assertThat(new ParsedMail(raw).all("Message-ID"))
                    .containsExactly("<d7k2m.1@tocsin.example>"));
  }

  @Test
  void connectionsAreSharedAndNoMoreThanAllowed() {
    Settings four = Letters.settings(Map.of("TOCSIN_DEMO", "true", "TOCSIN_SMTP_CONNECTIONS", "4"));
    try (EmailChannel channel = channel(four, EmailChannel.DEADLINE)) {
      List<Future<Outcome>> outcomes =
          IntStream.range(0, 100)
              .mapToObj(
                  i -> channel.send(CONTENT.toJson(), envelope("reader" + i + "@home.example")))
              .toList();
      Future.all(outcomes).await();
      assertThat(outcomes)
          .allSatisfy(sent -> assertThat(sent.result()).isInstanceOf(Accepted.class));
    }
    assertThat(relay.connections.get()).isBetween(1, 4);
    assertThat(relay.messages).hasSize(100);
  }

  @Test
  void aRelayThatClosedAnIdleConnectionCostsNothing() {
    try (EmailChannel channel = channel(Letters.DEMO, EmailChannel.DEADLINE)) {
      assertThat(channel.send(CONTENT.toJson(), envelope("a@home.example")).await())
          .isInstanceOf(Accepted.class);
      relay.answering("RSET", ScriptedRelay.DROP);
      assertThat(channel.send(CONTENT.toJson(), envelope("b@home.example")).await())
          .isInstanceOf(Accepted.class);
    }
    assertThat(relay.messages).hasSize(2);
    assertThat(relay.connections.get()).isEqualTo(2);
  }

  private Outcome send(String address) {
    try (EmailChannel channel = channel(Letters.DEMO, EmailChannel.DEADLINE)) {
      return channel.send(CONTENT.toJson(), envelope(address)).await();
    }
  }

  private Outcome sendWith(Settings settings) {
    try (EmailChannel channel = channel(settings, EmailChannel.DEADLINE)) {
      return channel.send(CONTENT.toJson(), envelope("reader@home.example")).await();
    }
  }

  private Outcome sendContent(MailContent content, Map<String, String> holes) {
    try (EmailChannel channel = channel(Letters.DEMO, EmailChannel.DEADLINE)) {
      return channel
          .send(
              content.toJson(),
              new Envelope("d7k2m.1", new Destination.Mailbox("reader@home.example"), holes))
          .await();
    }
  }

  private EmailChannel channel(Settings settings, Duration deadline) {
    return new EmailChannel(
        settings,
        new SinglePost(
            vertx,
            SinglePost.relay(settings, "127.0.0.1", relay.port()),
            new RelayProbe(vertx, settings, "127.0.0.1", relay.port()),
            deadline,
            _ -> {}),
        new SmtpLane(
            vertx, Relays.of(settings, "127.0.0.1", relay.port(), SmtpLimits.USUAL), _ -> {}),
        () -> Instant.parse("2026-06-15T09:00:00Z"));
  }

  private static Envelope envelope(String address) {
    return new Envelope("d7k2m.1", new Destination.Mailbox(address), Letters.READER);
  }

  private static Map<String, String> with(String hole, String value) {
    Map<String, String> holes = new HashMap<>(Letters.READER);
    holes.put(hole, value);
    return holes;
  }
}
