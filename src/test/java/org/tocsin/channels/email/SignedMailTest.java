package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.channels.Channel.Manner;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.email.dkim.DkimExamination;
import org.tocsin.channels.email.dkim.DkimVerifier;
import org.tocsin.channels.email.dkim.NewDkimKeys;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.OurMail;
import org.tocsin.testing.SettableClock;

/** What arrives at a relay is signed, over both ways that lead there. */
@ExtendWith(VertxExtension.class)
class SignedMailTest {
  private static Vertx vertx;
  private static final Messages ENGLISH = Languages.load().in("en");
  private static final Map<String, Boolean> BOTH_HOLD = Map.of("ed25519", true, "rsa", true);

  /** Every line that SMTP could spoil: dots, blanks at ends, nothing, long words, other scripts. */
  private static final String TROUBLE =
      "\n..\n.\n...dots\n.\n\n   \nblanks behind   \n\ttabs\tand   runs\n"
          + "x".repeat(1_200)
          + "\nЖ  \n.\n\n\n";

  private static Settings settings = Letters.DEMO;
  private static DkimVerifier verifier = new DkimVerifier(List.of());

  private final ScriptedRelay relay = new ScriptedRelay();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-15T09:00:00Z"));

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @BeforeAll
  static void makeKeys(@TempDir Path folder) {
    Dkim dkim = NewDkimKeys.make(folder, "tocsin.example", "2026a");
    DkimKey rsa = dkim.rsa().orElseThrow();
    DkimKey edwards = dkim.ed25519().orElseThrow();
    settings =
        Letters.settings(
            Map.of(
                "TOCSIN_DEMO", "true",
                "TOCSIN_SMTP_DKIM_DOMAIN", dkim.domain(),
                "TOCSIN_SMTP_DKIM_RSA_SELECTOR", rsa.selector(),
                "TOCSIN_SMTP_DKIM_RSA_KEY", rsa.file().toString(),
                "TOCSIN_SMTP_DKIM_ED25519_SELECTOR", edwards.selector(),
                "TOCSIN_SMTP_DKIM_ED25519_KEY", edwards.file().toString()));
    verifier = new DkimVerifier(new DkimExamination(dkim).records());
  }

  @AfterEach
  void closeRelay() throws IOException {
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aNewsletterArrivesWithBothSignatures(Manner manner) {
    String mail = arrive(manner, pressed("Lettre d’été — Ж"), Letters.READER);
    assertThat(verifier.verdicts(mail)).isEqualTo(BOTH_HOLD);
    assertThat(covered(mail))
        .contains("list-unsubscribe", "list-unsubscribe-post", "feedback-id", "cfbl-address")
        .contains("date", "message-id", "content-type", "mime-version", "to", "reply-to");
    assertThat(covered(mail)).filteredOn("from"::equals).hasSize(2);
    assertThat(covered(mail)).filteredOn("subject"::equals).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void wordsThatSmtpCouldSpoilArriveSigned(Manner manner) {
    for (String word : List.of("{{name}}", "Ж")) {
      JsonObject content =
          OurMail.of("S", word + TROUBLE, "<p>" + TROUBLE + "</p>", Map.of()).toJson();
      for (String name : List.of("Amina", ".", "", "Żółć\n.\n", "y".repeat(2_000))) {
        Map<String, String> reader = new HashMap<>(Letters.READER);
        reader.put("name", name);
        assertThat(verifier.verdicts(arrive(manner, content, reader)))
            .as(word + name)
            .isEqualTo(BOTH_HOLD);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aWordThatIsChangedOnItsWayIsFound(Manner manner) {
    String mail = arrive(manner, pressed("June"), Letters.READER);
    assertThat(verifier.verdicts(mail.replace("Amina", "Amira")))
        .isEqualTo(Map.of("ed25519", false, "rsa", false));
  }

  @Test
  void aSecondTryIsSignedAnewUnderTheSameMessageId() {
    relay.answering(".", "451 4.3.0 later");
    try (EmailChannel channel = channel()) {
      for (int i = 0; i < 2; i++) {
        clock.advance(Duration.ofHours(i));
        assertThat(send(channel, Manner.BULK, pressed("June"), Letters.READER))
            .isInstanceOf(Outcome.Deferred.class);
      }
    }
    assertThat(relay.messages)
        .hasSize(2)
        .allSatisfy(mail -> assertThat(verifier.verdicts(mail)).isEqualTo(BOTH_HOLD))
        .allSatisfy(mail -> assertThat(mail).contains("Message-ID: <d7k2m.1@tocsin.example>"));
    assertThat(relay.messages)
        .extracting(mail -> DkimVerifier.tags(signature(mail)).get("t"))
        .containsExactly("1781514000", "1781517600");
  }

  private String arrive(Manner manner, JsonObject content, Map<String, String> values) {
    relay.messages.clear();
    try (EmailChannel channel = channel()) {
      assertThat(send(channel, manner, content, values)).isEqualTo(new Outcome.Accepted("250"));
    }
    return relay.messages.getFirst();
  }

  private EmailChannel channel() {
    return new EmailChannel(vertx, settings, "127.0.0.1", relay.port(), clock);
  }

  private static Outcome send(
      EmailChannel channel, Manner manner, JsonObject content, Map<String, String> values) {
    Envelope envelope =
        new Envelope("d7k2m.1", new Destination.Mailbox("reader@home.example"), values);
    return channel.plate(content, manner).print(envelope).send().await();
  }

  private static JsonObject pressed(String subject) {
    return new LetterPress(settings).press(Letters.newsletter(subject), ENGLISH).toJson();
  }

  private static String signature(String mail) {
    return List.of(mail.split("\r\n(?![ \t])")).getFirst();
  }

  private static List<String> covered(String mail) {
    return List.of(
        Optional.ofNullable(DkimVerifier.tags(signature(mail)).get("h")).orElse("").split(":"));
  }
}
