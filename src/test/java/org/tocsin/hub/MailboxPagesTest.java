package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.email.EmailChannel;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.channels.email.MailContent;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;
import org.tocsin.testing.SettableClock;

/** The captured mailbox, filled by the hub's own channel and read as a browser and a script do. */
class MailboxPagesTest {
  private static final String PREFERENCES = "https://hub.example/preferences/abc";
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-15T09:00:00Z"));
  private CapturedMailbox mailbox =
      CapturedMailbox.open(Path.of("target/unused-mailbox-of-pages"), clock);
  private TestDesk desk = new TestDesk(Map.of(), Optional.of(mailbox));
  private TestDesk.Browser browser = desk.new Browser();

  @BeforeEach
  void fill(@TempDir Path folder) {
    close();
    mailbox = CapturedMailbox.open(folder, clock);
    desk = new TestDesk(Map.of("TOCSIN_ORGANISATION_NAME", "Comité"), Optional.of(mailbox));
    browser = desk.new Browser();
    send("ann@home.example", "d1", "Июньские <b>news</b>", "Hello Amina");
    clock.advance(Duration.ofMinutes(1));
    send("bob@home.example", "d2", "Confirm", "<script>alert(1)</script> Hello Amina");
  }

  @AfterEach
  void close() {
    mailbox.close();
    desk.close();
  }

  @Test
  void theListShowsTheNewestFirstAndFindsByRecipient() {
    String all = browser.get("/dev/mailbox").body();
    assertThat(all.indexOf("bob@home.example"))
        .isPositive()
        .isLessThan(all.indexOf("ann@home.example"));
    assertThat(all).contains("Июньские &lt;b&gt;news&lt;/b&gt;");
    String found = browser.get("/dev/mailbox?to=ANN").body();
    assertThat(found).contains("ann@home.example").doesNotContain("bob@home.example");
    assertThat(browser.get("/dev/mailbox?to=carol%40home.example").body())
        .contains("Nobody has written to “carol@home.example” yet.");
  }

  @Test
  void aMailIsShownInASandboxOfItsOwn() {
    String id = items("").getJsonObject(0).getString("id");
    String page = browser.get("/dev/mailbox/" + id).body();
    assertThat(page)
        .contains(
            "src=\"/dev/mailbox/" + id + "/html\"",
            "sandbox=\"allow-popups allow-popups-to-escape-sandbox\"")
        .doesNotContain("srcdoc", "allow-scripts", "allow-same-origin", "style=");
    HttpResponse<String> frame = browser.get("/dev/mailbox/" + id + "/html");
    assertThat(frame.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "sandbox allow-popups", "frame-ancestors 'self'")
        .doesNotContain("script-src", "allow-scripts", "allow-same-origin");
    assertThat(frame.body())
        .contains("<base target=\"_blank\">", "Hello Amina")
        .doesNotContain("<script");
  }

  @Test
  void everyLookAtAMailShowsItsPart() {
    String id = items("ann@home.example").getJsonObject(0).getString("id");
    assertThat(look(id, "text")).contains("Hello Amina", PREFERENCES);
    assertThat(look(id, "headers"))
        .contains("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", "List-Id");
    assertThat(look(id, "source")).contains("Content-Transfer-Encoding: quoted-printable");
    assertThat(look(id, "narrow")).contains("preview narrow");
    assertThat(look(id, "no-such-look")).contains("<iframe");
    HttpResponse<String> raw = browser.get("/dev/mailbox/" + id + "/raw");
    assertThat(raw.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(raw.body()).startsWith("From: ").contains("Message-ID: <d1@tocsin.example>");
  }

  @Test
  void aScriptReadsMailsAsTheContractSays() {
    HttpResponse<String> answer = browser.get("/dev/mailbox/messages?to=ann%40home.example");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonArray items = new JsonObject(answer.body()).getJsonArray("items");
    assertThat(items).hasSize(1);
    JsonObject mail = items.getJsonObject(0);
    assertThat(mail.fieldNames())
        .contains(
            "id", "from", "to", "subject", "headers", "text", "html", "raw_url", "received_at");
    assertThat(mail.getString("from")).isEqualTo("Comité <news@tocsin.example>");
    assertThat(mail.getString("return_path")).isEqualTo("b+d1@bounce.tocsin.example");
    assertThat(mail.getString("to")).isEqualTo("ann@home.example");
    assertThat(mail.getString("subject")).isEqualTo("Июньские <b>news</b>");
    assertThat(mail.getString("received_at")).isEqualTo("2026-06-15T09:00:00Z");
    assertThat(mail.getString("text")).contains("Hello Amina");
    assertThat(mail.getString("html")).contains("Hello Amina");
    assertThat(mail.getString("raw_url"))
        .isEqualTo("http://localhost:8080/dev/mailbox/" + mail.getString("id") + "/raw");
    assertThat(mail.getJsonObject("headers").getJsonArray("List-Unsubscribe"))
        .containsExactly(
            "<https://hub.example/u/abc>,"
                + " <mailto:u+abc@bounce.tocsin.example?subject=unsubscribe>");
  }

  @Test
  void aScriptReadsOnWhereItStopped() {
    JsonObject first = new JsonObject(browser.get("/dev/mailbox/messages?limit=1").body());
    assertThat(tos(first)).containsExactly("bob@home.example");
    JsonObject second =
        new JsonObject(
            browser.get("/dev/mailbox/messages?limit=1&before=" + first.getString("next")).body());
    assertThat(tos(second)).containsExactly("ann@home.example");
    assertThat(second.getString("next")).isNull();
    assertThat(browser.get("/dev/mailbox/messages?limit=-1").statusCode()).isEqualTo(422);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String path :
        List.of("/dev/mailbox/nothing", "/dev/mailbox/nothing/html", "/dev/mailbox/nothing/raw")) {
      assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(browser.get("/dev/mailbox?to=" + "x".repeat(300)).statusCode()).isEqualTo(422);
  }

  @Test
  void onlyADemoShowsAMailbox() {
    try (TestDesk without = new TestDesk(Map.of());
        TestDesk production =
            new TestDesk(
                Map.of("TOCSIN_DEMO", "false", "TOCSIN_SMTP_HOST", "relay.example"),
                Optional.of(mailbox))) {
      assertThat(without.new Browser().get("/dev/mailbox").statusCode()).isEqualTo(404);
      assertThat(production.new Browser().get("/dev/mailbox").statusCode()).isEqualTo(404);
      assertThat(production.new Browser().get("/dev/mailbox/messages").statusCode()).isEqualTo(404);
    }
  }

  private String look(String id, String look) {
    return browser.get("/dev/mailbox/" + id + "?look=" + look).body();
  }

  private JsonArray items(String to) {
    return new JsonObject(browser.get("/dev/mailbox/messages?to=" + to).body())
        .getJsonArray("items");
  }

  private static List<String> tos(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getString("to"))
        .collect(Collectors.toList());
  }

  @Test
  void everyLookIsAccessibleAndFitsTheWindow() {
    String id = items("").getJsonObject(0).getString("id");
    try (Chromium chromium = Chromium.open()) {
      assertThat(
              Looks.walk(
                  chromium,
                  "mailbox",
                  () -> {
                    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
                    walk.put("list", page -> page.navigate(desk.url("/dev/mailbox")));
                    walk.put("none", page -> page.navigate(desk.url("/dev/mailbox?to=nobody")));
                    walk.put("html", page -> page.navigate(desk.url("/dev/mailbox/" + id)));
                    for (int tab = 1; tab < 5; tab++) {
                      String link = ".mail .tabs a >> nth=" + tab;
                      walk.put("tab-" + tab, page -> page.click(link));
                    }
                    return walk;
                  }))
          .isEmpty();
    }
  }

  private void send(String to, String id, String subject, String markdown) {
    MailContent content =
        new LetterPress(desk.settings)
            .press(
                Letter.written(
                    subject,
                    "",
                    markdown,
                    new Letter.MailingList(
                        "newsletter", "Newsletter", Optional.of("/newsletters/2026-06"))),
                desk.features.languages.in("en"));
    Map<String, String> holes =
        Map.of(
            "list_id", "newsletter",
            "list_name", "Newsletter",
            "preferences_url", PREFERENCES,
            "unsubscribe_url", "https://hub.example/u/abc",
            "unsubscribe_token", "abc");
    try (EmailChannel channel =
        new EmailChannel(desk.hub.vertx, desk.settings, "127.0.0.1", mailbox.port(), clock)) {
      assertThat(
              channel
                  .send(content.toJson(), new Envelope(id, new Destination.Mailbox(to), holes))
                  .await())
          .isEqualTo(new Outcome.Accepted("250"));
    }
  }
}
