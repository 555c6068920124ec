package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.RightToLeft;

/** What arrives, read back from its bytes. */
@ExtendWith(VertxExtension.class)
class EmailChannelTest {
  private static Vertx vertx;
  private static final GreenMail RELAY =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final Messages ENGLISH = Languages.load().in("en");
  private static final Instant NOW = Instant.parse("2026-06-15T09:00:00Z");

  static {
    RELAY.start();
  }

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void emptyTheRelay() {
    RELAY.reset();
    RELAY.start();
  }

  @AfterAll
  static void stop() {
    RELAY.stop();
  }

  @Test
  void everyHeaderOfABulkMessageIsThereExactlyOnce() {
    ParsedMail mail =
        arrive(Letters.DEMO, Letters.newsletter(), ENGLISH, "reader@home.example", Letters.READER);
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("From", "Committee on Human Rights <news@tocsin.example>"),
            Map.entry("To", "<reader@home.example>"),
            Map.entry("Reply-To", "<office@tocsin.example>"),
            Map.entry("Date", "Mon, 15 Jun 2026 09:00:00 +0000"),
            Map.entry("Subject", "Monthly newsletter, June 2026"),
            Map.entry("Message-ID", "<d7k2m.1@tocsin.example>"),
            Map.entry("MIME-Version", "1.0"),
            Map.entry("Content-Type", "multipart/alternative; boundary=\"=_d7k2m.1\""),
            Map.entry("List-Id", "Monthly newsletter <newsletter.lists.tocsin.example>"),
            Map.entry(
                "List-Unsubscribe",
                "<https://hub.example/u/"
                    + "u".repeat(60)
                    + ">, <mailto:u+"
                    + "u".repeat(60)
                    + "@bounce.tocsin.example?subject=unsubscribe>"),
            Map.entry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            Map.entry("List-Help", "<mailto:office@tocsin.example?subject=help>"),
            Map.entry("List-Owner", "<mailto:office@tocsin.example>"),
            Map.entry("List-Subscribe", "<http://localhost:8080/subscribe>"),
            Map.entry("List-Post", "NO"),
            Map.entry("List-Archive", "<http://localhost:8080/newsletters>"),
            Map.entry("Archived-At", "<http://localhost:8080/newsletters/2026-06>"),
            Map.entry("Feedback-ID", "2026-06:newsletter:bulk:tocsin-example"),
            Map.entry("CFBL-Address", "fbl@tocsin.example; report=arf"),
            Map.entry("Precedence", "bulk"),
            Map.entry("X-Auto-Response-Suppress", "OOF, AutoReply"));
    expected.forEach((name, value) -> assertThat(mail.all(name)).as(name).containsExactly(value));
    assertThat(mail.names())
        .filteredOn(name -> !List.of("Received", "Return-Path").contains(name))
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    assertThat(mail.message().getDate()).isEqualTo(Date.from(NOW));
  }

  @Test
  void aLetterToOnePersonCarriesNoListHeader() {
    ParsedMail mail =
        arrive(
            Letters.DEMO,
            Letters.confirmation(),
            ENGLISH,
            "reader@home.example",
            Map.of("confirm_url", "https://hub.example/confirm/abc"));
    assertThat(mail.all("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.names())
        .noneMatch(name -> name.startsWith("List-") || name.equals("Precedence"))
        .doesNotContain("CFBL-Address", "Feedback-ID", "Archived-At");
    assertThat(mail.text()).contains("Confirm my subscription:\nhttps://hub.example/confirm/abc\n");
    assertThat(mail.html()).contains("href=\"https://hub.example/confirm/abc\"");
  }

  @Test
  void theTextPartComesFirstAndBothAreFilledForThisReader() {
    ParsedMail mail =
        arrive(Letters.DEMO, Letters.newsletter(), ENGLISH, "reader@home.example", Letters.READER);
    for (String part : List.of(mail.text(), mail.html())) {
      assertThat(part)
          .contains("Dear Amina Okonjo,", "Monthly newsletter", "https://hub.example/u/uuuu")
          .doesNotContain("{{", "}}");
    }
    assertThat(mail.html()).endsWith("</html>\n");
  }

  @Test
  void wordsOfAnyScriptArriveAsTheyWereWritten() {
    Settings settings =
        Letters.settings(
            Map.of("TOCSIN_DEMO", "true", "TOCSIN_ORGANISATION_NAME", "Comité « Droits », Genève"));
    String subject = "Lettre d’été : 人権委員会 — новости 👩🏽‍⚕️ ".repeat(4).strip();
    Map<String, String> values = new HashMap<>(Letters.READER);
    values.put("list_name", "Événements, “été” <2026>");
    values.put("name", "Żółć & <b>Ñandú</b> \"{{list_id}}\"");
    ParsedMail mail =
        arrive(settings, Letters.newsletter(subject), ENGLISH, "reader@home.example", values);
    assertThat(mail.message().getSubject()).isEqualTo(subject);
    assertThat(mail.message().getFrom().get(0).getName()).isEqualTo("Comité « Droits », Genève");
    assertThat(mail.message().getFrom().get(0).getAddress()).isEqualTo("news@tocsin.example");
    String listId = mail.all("List-Id").getFirst();
    assertThat(listId).endsWith(" <newsletter.lists.tocsin.example>");
    assertThat(DecoderUtil.decodeEncodedWords(listId, StandardCharsets.UTF_8))
        .startsWith("Événements, “été” <2026>");
    assertThat(mail.text()).contains("Dear Żółć & <b>Ñandú</b> \"{{list_id}}\",");
    assertThat(mail.html())
        .contains("Dear Żółć &amp; &lt;b&gt;Ñandú&lt;/b&gt; &quot;{{list_id}}&quot;,");
  }

  @Test
  void rightToLeftMailSaysSo() {
    Letter letter =
        Letter.written("النشرة الشهرية", "", "مرحبا", Letters.newsletter().list().orElseThrow());
    ParsedMail mail =
        arrive(Letters.DEMO, letter, RightToLeft.messages(), "reader@home.example", Letters.READER);
    assertThat(mail.message().getSubject()).isEqualTo("النشرة الشهرية");
    assertThat(mail.html()).contains("<html lang=\"ar\" dir=\"rtl\"", "مرحبا");
    assertThat(mail.text()).contains("غادر «Monthly newsletter» بنقرة واحدة");
  }

  @Test
  void everyLineIsAsciiAndAtMost998Long() throws Exception {
    Map<String, String> values = new HashMap<>(Letters.READER);
    values.put("name", "x".repeat(3_000));
    arrive(
        Letters.DEMO, Letters.newsletter("Ж".repeat(400)), ENGLISH, "reader@home.example", values);
    for (String line : raw().split("\r\n")) {
      assertThat(line.length()).isLessThanOrEqualTo(998);
      assertThat(line).matches("\\p{ASCII}*");
    }
  }

  /** A line of spaces alone would end the head for some servers. */
  @Test
  void aSubjectOfManySpacesNeverMakesALineOfSpaces() throws Exception {
    String subject = "A" + " ".repeat(150) + "B and more";
    ParsedMail mail =
        arrive(
            Letters.DEMO,
            Letters.newsletter(subject),
            ENGLISH,
            "reader@home.example",
            Letters.READER);
    assertThat(mail.message().getSubject()).isEqualTo(subject);
    String head = raw().substring(0, raw().indexOf("\r\n\r\n"));
    assertThat(head.split("\r\n")).noneMatch(String::isBlank);
  }

  @Test
  void aDomainOfAnyScriptBecomesALabels() {
    ParsedMail mail =
        arrive(
            Letters.DEMO,
            Letters.newsletter(),
            ENGLISH,
            "reader@MÜLLER.例え.example",
            Letters.READER);
    assertThat(mail.all("To")).containsExactly("<reader@xn--mller-kva.xn--r8jz45g.example>");
    assertThat(RELAY.getReceivedMessagesForDomain("xn--mller-kva.xn--r8jz45g.example")).hasSize(1);
  }

  private static ParsedMail arrive(
      Settings settings, Letter letter, Messages messages, String to, Map<String, String> values) {
    MailContent content = new LetterPress(settings).press(letter, messages);
    try (EmailChannel channel =
        new EmailChannel(vertx, settings, "127.0.0.1", RELAY.getSmtp().getPort(), () -> NOW)) {
      Outcome outcome =
          channel
              .send(content.toJson(), new Envelope("d7k2m.1", new Destination.Mailbox(to), values))
              .await();
      assertThat(outcome).isEqualTo(new Outcome.Accepted("250"));
    }
    return new ParsedMail(raw());
  }

  private static String raw() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      RELAY.getReceivedMessages()[0].writeTo(out);
    } catch (IOException | MessagingException failure) {
      throw new IllegalStateException(failure);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
