package org.tocsin.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.platform.database.ServerAddress;
import org.tocsin.testing.FrontDoor;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.PseudoLanguage;
import org.tocsin.testing.ReadableText;
import org.tocsin.testing.TestPostgres;

/**
 * A hub that was given the three bundles of a second language, written from right to left, and no
 * code: whole pages and mails speak it, and nothing of them stays behind in English.
 */
class SecondLanguageTest {
  private static final String READER = "quynh@science-park.example";
  private static final String FOREIGN = "اللجنة المعنية بحقوق الإنسان";

  private static final String ADDRESS = "ساحة المثال ١";

  /** The first of the demonstration's members. */
  private static final String MEMBER = "alma.ambrodahl@nas-fellows.example";

  private static final ServerAddress DATABASE = TestPostgres.database();
  private static HubProcess hub;
  private static FrontDoor door;

  @BeforeAll
  static void start(@TempDir Path folder) {
    hub =
        new HubProcess(
                DATABASE,
                folder.resolve("data"),
                Map.of(
                    "TOCSIN_ORGANISATION_NAME",
                    FOREIGN,
                    "TOCSIN_ORGANISATION_POSTAL_ADDRESS",
                    ADDRESS))
            .with(PseudoLanguage.write(folder.resolve("classes")))
            .start();
    door = hub.door();
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  @Test
  void thePagesOfTheSiteSpeakIt() {
    // What is of neither direction keeps to itself: a house number stays before its street.
    assertThat(page("/").body()).contains("<bdi>" + ADDRESS + "</bdi>");
    assertThat(speaks(200, page("/"))).contains(of("Stay connected"), of("Sign up"));
    assertThat(speaks(200, page("/subscribe"))).contains(of("Your e-mail address"));
    assertThat(speaks(200, page("/newsletters"))).contains(of("Newsletters"));
    HttpResponse<String> issue = page(archived());
    assertThat(issue.statusCode()).isEqualTo(200);
    String withoutItsTitle = issue.body().replaceFirst("<title>.*?</title>", "");
    assertThat(foreign(withoutItsTitle)).anyMatch(text -> text.contains(of("Monthly newsletter")));
    assertThat(speaks(200, page("/search"))).contains(of("What are you looking for?"));
    assertThat(speaks(200, page("/search?q=" + URLEncoder.encode("لا شيء", UTF_8))))
        .contains(of("Nothing was found for “") + "لا شيء" + "”.");
    assertThat(speaks(200, page("/search?q=11")))
        .anyMatch(text -> text.contains(of("newsletter speaks of “")));
    speaks(422, page("/search?q=" + "1".repeat(300)));
    assertThat(speaks(200, page("/verify"))).contains(of("Check a mail"));
    assertThat(speaks(200, post("/verify", "code", "1"))).contains(of("We do not know this code"));
    assertThat(speaks(422, post("/verify", "code", "")))
        .contains(of("Type the code that stands in the mail"));
    speaks(200, page("/preferences"));
    speaks(410, page("/preferences/nonsense"));
  }

  @Test
  void whatGoesWrongIsToldInIt() {
    assertThat(speaks(404, page("/nothing"))).contains(of("There is nothing here"));
    speaks(405, post("/newsletters"));
    speaks(404, page("/u/nonsense"));
    speaks(404, page("/confirm/nonsense"));
    speaks(413, post("/subscribe", "email", "x".repeat(600_000)));
    speaks(
        415,
        door.send(
            door.request("/subscribe?lang=ar")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("email"))));
    assertThat(speaks(422, post("/subscribe", "email", "@\0")))
        .contains(of("This text is not valid UTF-8"));
    speaks(422, post("/subscribe", "email", "@\n@", "topics", "events"));
    speaks(422, post("/subscribe", "email", "1", "email", "2"));
    speaks(422, post("/subscribe", "email", "1".repeat(2_000)));
    speaks(422, page("/newsletters?after=" + "1".repeat(100)));
    assertThat(speaks(422, post("/subscribe", "email", "")))
        .contains(of("Enter a valid email address"), of("Choose at least one topic"));
    assertThat(speaks(422, post("/subscribe", "email", "two@@signs.example", "topics", "events")))
        .contains(of("Invalid email address"));
    assertThat(speaks(422, post("/preferences", "email", "two@@signs.example")))
        .contains(of("Invalid email address"));
  }

  @Test
  void whoSignsUpInItIsSpokenToInItEverAfter() {
    assertThat(
            speaks(
                200,
                post(
                    "/subscribe",
                    "email",
                    READER,
                    "topics",
                    "newsletter",
                    "topics",
                    "torture",
                    "language",
                    "ar")))
        .contains(of("Success!"));
    JsonObject asked = mail("/confirm/");
    assertThat(asked.getString("subject")).startsWith(of("Please confirm"));
    speaks(asked);

    // From here on their browser asks for English, and they get what they chose.
    String confirm = link(asked, "/confirm/");
    assertThat(speaks(200, english(confirm))).contains(of("Is it you?"), of("Torture"));
    String confirmed = door.send(door.form(confirm)).body();
    assertThat(texts(confirmed)).contains(of("You are signed up"));
    String preferences = found(confirmed, "/preferences/");
    assertThat(speaks(200, english(preferences))).contains(of("Your choices"), "العربية");
    speaks(200, door.send(door.form(preferences + "/pause")));
    speaks(200, door.send(door.form(preferences + "/resume")));
    assertThat(speaks(422, door.send(door.form(preferences + "/erase"))))
        .contains(of("Tick the box if you are sure"));
    speaks(422, door.send(door.form(preferences + "/address", "email", READER)));
    assertThat(
            speaks(
                200,
                door.send(
                    door.form(preferences + "/address", "email", "new@science-park.example"))))
        .anyMatch(text -> text.contains("UTC"));
    speaks(mail("/address/"));

    JsonObject letter = newsletter();
    speaks(letter);
    assertThat(letter.getString("text")).contains(of("Choose what you get"));
    String leave = link(letter, "/u/");
    assertThat(speaks(200, english(leave))).contains(of("Leave?"));
    assertThat(speaks(200, door.send(door.form(leave)))).contains(of("You have left"));
    assertThat(speaks(200, door.send(door.form(leave, "what", "all"))))
        .contains(of("You have left everything"));
    assertThat(speaks(200, english(preferences)))
        .contains(of("You get no mail from us. Choose a topic to come back."));
    speaks(200, door.send(door.form(preferences + "/erase", "sure", "yes")));
  }

  @Test
  void behindTheDoorAMembersOwnLanguageIsSpokenWhateverTheBrowserAsksFor() throws SQLException {
    try (Connection root = TestPostgres.superuser(DATABASE);
        Statement statement = root.createStatement()) {
      statement.executeUpdate("UPDATE members.member SET language = 'ar' WHERE id = 1");
    }
    String browser = cookie(door.send(door.form("/portal/sign-in", "email", MEMBER)));
    Pattern link = Pattern.compile("/portal/sign-in/[\\w-]{20,}");
    eventually("a link", () -> link.matcher(door.mailsTo(MEMBER).encode()).find());
    String path =
        link.matcher(door.mailsTo(MEMBER).encode()).results().findFirst().orElseThrow().group();
    String session = cookie(door.send(door.form(path).header("Cookie", browser)));
    assertThat(texts(behind("/portal", session).body())).contains(of("Sign out"));
    assertThat(speaks(200, behind("/portal/preferences", session)))
        .contains(of("What you get, and when"));
    assertThat(speaks(404, behind("/portal/alerts/BCDF-GHJK", session)))
        .contains(of("There is nothing here"));
    readsWhatTheApproverIsShown(session);
  }

  /** In the member's language too, every byte of the alert. */
  private static void readsWhatTheApproverIsShown(String member) {
    String desk =
        cookie(
            door.send(
                door.form(URI.create(hub.access("approver").getString("sign_in_url")).getPath())));
    int compared = 0;
    for (Object item : hub.get("/api/v1/alerts", "approver").getJsonArray("items")) {
      JsonObject alert = (JsonObject) item;
      String read = "/portal/alerts/" + alert.getString("reference");
      HttpResponse<String> page = behind(read, member);
      if (alert.getString("state").equals("active") && page.body().contains("<article")) {
        String shown = "/desk/alerts/" + alert.getString("id") + "/as/correspondent";
        assertThat(article(behind(shown + "?lang=ar", desk)).replace(shown, read))
            .isEqualTo(article(page));
        assertThat(page.headers().firstValue("Content-Language")).hasValue("ar");
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  private static String article(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    String body = page.body();
    return body.substring(body.indexOf("<article"), body.indexOf("</article>"));
  }

  private static HttpResponse<String> behind(String path, String session) {
    return door.send(door.request(path).header("Cookie", session).header("Accept-Language", "en"));
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  /** A letter in the pseudo-language itself, so that all of the mail must be in it. */
  private static JsonObject newsletter() {
    JsonObject draft =
        new JsonObject()
            .put("month", "2031-01")
            .put("subject", of("News of January"))
            .put("preheader", of("In short"))
            .put("body_markdown", "# " + of("Hello") + "\n\n" + of("The news.") + "\n")
            .put("topics", new JsonArray().add("newsletter"));
    String path =
        "/api/v1/newsletters/"
            + hub.post("/api/v1/newsletters", "newsletter_editor", draft).getString("id");
    hub.post(path + "/submit", "newsletter_editor", new JsonObject());
    hub.post(path + "/approve", "approver", new JsonObject());
    hub.post(path + "/release", "release_officer", new JsonObject());
    return mail("/u/");
  }

  private static String of(String english) {
    return PseudoLanguage.of(english);
  }

  private static HttpResponse<String> page(String path) {
    return door.send(door.request(path).header("Accept-Language", "ar-EG, en;q=0.5"));
  }

  private static HttpResponse<String> english(String path) {
    return door.send(door.request(path).header("Accept-Language", "en"));
  }

  private static HttpResponse<String> post(String path, String... fields) {
    return door.send(door.form(path + "?lang=ar", fields));
  }

  private static String archived() {
    return found(page("/newsletters").body(), "/newsletters/");
  }

  private static String found(String html, String path) {
    Matcher link = Pattern.compile("href=\"(" + path + "[a-z0-9-]+)\"").matcher(html);
    assertThat(link.find()).as(path).isTrue();
    return link.group(1);
  }

  /** The texts of a page that is in the second language, all of it that is not marked otherwise. */
  private static List<String> speaks(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Language")).hasValue("ar");
    return foreign(answer.body());
  }

  private static List<String> foreign(String html) {
    assertThat(html).contains("<html lang=\"ar\" dir=\"rtl\"");
    assertThat(ReadableText.of(html))
        .filteredOn(text -> text.language().equals("ar"))
        .isNotEmpty()
        .filteredOn(ReadableText::latin)
        .isEmpty();
    return texts(html);
  }

  private static List<String> texts(String html) {
    return ReadableText.of(html).stream().map(ReadableText::text).toList();
  }

  private static void speaks(JsonObject mail) {
    foreign(mail.getString("html"));
    for (String part : List.of(mail.getString("subject"), mail.getString("text"))) {
      assertThat(new ReadableText("ar", part).latin()).as(part).isFalse();
    }
  }

  /** The newest mail to the reader with such a link. */
  private static JsonObject mail(String path) {
    eventually("a mail with " + path, () -> find(path).isPresent());
    return find(path).orElseThrow();
  }

  private static Optional<JsonObject> find(String path) {
    return door.mailsTo(READER).stream()
        .map(JsonObject.class::cast)
        .filter(mail -> mail.getString("text").contains(path))
        .findFirst();
  }

  private static String link(JsonObject mail, String path) {
    Matcher link =
        Pattern.compile("https?://[^/\\s]+(" + path + "[a-z0-9]+)").matcher(mail.getString("text"));
    assertThat(link.find()).as(path).isTrue();
    return link.group(1);
  }
}
