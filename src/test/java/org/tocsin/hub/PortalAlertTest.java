package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.hub.AlertScene.draft;
import static org.tocsin.hub.AlertScene.path;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertKind;
import org.tocsin.alerts.StopReason;
import org.tocsin.correspondents.Circle;
import org.tocsin.network.Event;
import org.tocsin.network.Scope;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialDetails;

/** Alerts in the portal, as members' browsers meet them. */
class PortalAlertTest {
  private static final String[] WORDS = {
    "fair trial", "Voren", "hospital", "clean water", "Minister", "Court Square", "courteous"
  };

  private static final List<String> LETTERS =
      List.of("/letters/1.txt", "/letters/1.odt", "/letters/2.txt", "/letters/3.pdf?paper=letter");

  private final TestDesk desk = new TestDesk();
  private final AlertScene scene = new AlertScene(desk);
  private final TestDesk.Browser reader =
      scene.reader(Circle.CORRESPONDENT, "Ada Ahorn", "ada@academy.example");

  @AfterEach
  void close() {
    desk.close();
  }

  private Alert released() {
    return scene.released(draft("Ask for a fair trial"));
  }

  private void stop(Alert alert) {
    desk.features.alerts.stop(alert.id(), StopReason.APPEALS_HARMFUL, scene.officer);
  }

  private void hold(Alert alert) {
    desk.features.alerts.hold(alert.id(), scene.officer);
  }

  private HttpResponse<byte[]> file(TestDesk.Browser browser, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          browser.request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private String text(TestDesk.Browser browser, String path) {
    HttpResponse<byte[]> answer = file(browser, path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Content and styles. */
  private static String content(byte[] odt) throws IOException {
    StringBuilder words = new StringBuilder();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(odt))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".xml")) {
          words.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return words.toString();
  }

  @Test
  void anAlertIsReadByItsCircleAndForOthersItIsNotThere() {
    Alert alert = released();
    HttpResponse<String> page = reader.get(path(alert));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(WORDS)
        .contains("Please act by July 1, 2026.", "minister@justice.example", "Your Excellency,")
        .contains("<title>" + alert.chain().reference().text() + " ")
        .doesNotContain("banner", "Please wait", "{{");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    String article =
        page.body().substring(page.body().indexOf("<main"), page.body().indexOf("</main"));
    assertThat(article).doesNotContain("http:", "https:", "src=");
    assertThat(
            reader
                .get("/portal/alerts/" + alert.chain().reference().text().toLowerCase(Locale.ROOT))
                .body())
        .contains("fair trial");

    TestDesk.Browser contact = scene.reader(Circle.NETWORK, "Bo Contact", "bo@academy.example");
    HttpResponse<String> hidden = contact.get(path(alert));
    HttpResponse<String> unknown = contact.get("/portal/alerts/BCDF-GHJK");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body()).isEqualTo(unknown.body()).doesNotContain("Ask for");
    assertThat(contact.get("/portal/alerts/nonsense").body()).isEqualTo(unknown.body());
    assertThat(contact.get(path(alert) + "/letters/1.txt").statusCode()).isEqualTo(404);
    contact.get("/portal/preferences");
    assertThat(contact.post(path(alert) + "/reports", "way", "WROTE").statusCode()).isEqualTo(404);
    assertThat(contact.get("/portal").body()).contains("Nothing needs you now");
  }

  @Test
  void withoutASessionOfThePortalEveryPageLeadsToTheDoor() {
    Alert alert = released();
    TestDesk.Browser staff = desk.signedIn(desk.staff("o@tocsin.example", "O", Role.CASE_OFFICER));
    for (String page : new String[] {"", "/letters/1.txt", "/letters/1.pdf"}) {
      for (TestDesk.Browser browser : List.of(desk.new Browser(), staff)) {
        HttpResponse<String> answer = browser.get(path(alert) + page);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/portal/sign-in");
        assertThat(answer.body()).isEmpty();
      }
    }
    assertThat(desk.new Browser().post(path(alert) + "/reports").statusCode()).isEqualTo(303);
  }

  @Test
  void theFrontPageSaysWhatToLookAtMostUrgentFirst() {
    scene.released(draft("Know this", AlertKind.INFORMATION, Optional.empty()));
    scene.released(draft("Act any time", AlertKind.ACTION, Optional.empty()));
    scene.released(draft("Act by July", AlertKind.ACTION, Optional.of(LocalDate.of(2026, 7, 31))));
    scene.released(draft("Act by June", AlertKind.ACTION, Optional.of(LocalDate.of(2026, 6, 30))));
    Alert closed = scene.released(draft("All is well"));
    scene.close(closed);
    Alert held = released();
    hold(held);
    Alert stopped = released();
    stop(stopped);
    String page = reader.get("/portal").body();
    assertThat(page)
        .containsSubsequence(
            stopped.chain().reference().text() + ": please do nothing further",
            held.chain().reference().text() + ": please wait",
            "Act by June",
            "Please act by June 30, 2026.",
            "Act by July",
            "Act any time",
            "Know this",
            "<h2>Earlier</h2>",
            "All is well")
        .doesNotContain("fair trial", "Nothing needs you now");

    desk.hub.clock.advance(Duration.ofDays(31));
    reader.postOnly(scene.link(reader, "ada@academy.example"));
    assertThat(reader.get("/portal").body())
        .containsSubsequence(
            held.chain().reference().text(),
            "Act by July",
            "Act any time",
            "<h2>Earlier</h2>",
            stopped.chain().reference().text());
    assertThat(reader.get("/portal").body().split("<h2>Earlier</h2>")[1])
        .contains("Act by June", "The time to act is over", "Know this");
  }

  @Test
  void aStoppedAlertSaysNothingButThatAndItsLettersAreGone() {
    Alert alert = released();
    assertThat(text(reader, path(alert) + "/letters/1.txt")).contains("Dr Voren");
    stop(alert);
    HttpResponse<String> page = reader.get(path(alert));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Please do nothing further", "notice stop")
        .doesNotContain(WORDS)
        .doesNotContain("/letters/");
    for (String file : new String[] {"1.txt", "1.odt", "1.pdf", "2.pdf?paper=letter"}) {
      HttpResponse<String> letter = reader.get(path(alert) + "/letters/" + file);
      assertThat(letter.statusCode()).isEqualTo(409);
      assertThat(letter.body())
          .contains("There is no letter to send", "Please do nothing further")
          .doesNotContain(WORDS);
    }
  }

  @Test
  void whatIsHeldClosedOrOverHasNoLettersEither() {
    Alert held = released();
    hold(held);
    assertThat(reader.get(path(held)).body()).contains("Please wait").doesNotContain(WORDS);
    Alert closed = released();
    scene.close(closed);
    assertThat(reader.get(path(closed)).body())
        .contains("This alert is closed", "fair trial")
        .doesNotContain("asked to act", "Please act by", "Court Square", "/letters/", "Acquitted");
    Alert over =
        scene.released(
            draft(
                "Ask for a fair trial", AlertKind.ACTION, Optional.of(LocalDate.of(2026, 6, 15))));
    desk.hub.clock.advance(Duration.ofDays(1));
    reader.postOnly(scene.link(reader, "ada@academy.example"));
    assertThat(reader.get(path(over)).body())
        .contains("The time to act is over", "fair trial")
        .doesNotContain("Court Square", "/letters/");
    for (Alert alert : List.of(held, closed, over)) {
      assertThat(reader.get(path(alert) + "/letters/1.pdf").statusCode()).isEqualTo(409);
    }
  }

  @Test
  void anUpdateComesFirstAndWhatItReplacedIsStruckThrough() {
    Alert first = released();
    Alert update = scene.updated(first, draft("Ask for his release"));
    scene.updated(update, draft("Ask for a doctor"));
    String page = reader.get(path(first)).body();
    assertThat(page)
        .containsSubsequence(
            "<h1 dir=\"auto\">Ask for a doctor</h1>",
            "<details",
            "Update 1",
            "<del>",
            "Ask for his release",
            "</del>",
            "<del>",
            "Ask for a fair trial",
            "</del>",
            "</details>");
    assertThat(page.substring(0, page.indexOf("<details")))
        .doesNotContain("fair trial", "release<");
  }

  @Test
  void lettersHaveTheOfficialTheSalutationTheNameAndTheDateOfToday() throws Exception {
    Alert alert = released();
    String letter = path(alert) + "/letters/";
    assertThat(text(reader, letter + "1.txt"))
        .containsSubsequence(
            "Ada Ahorn\n____",
            "15 June 2026",
            "Minister of Justice\nMinistry of Justice\n1 Court Square\nNorvania",
            "The detention of Dr Voren",
            "Your Excellency,",
            "I write to the Minister of Justice as a colleague",
            "Yours sincerely,\n\nAda Ahorn")
        .doesNotContain("{{");
    HttpResponse<byte[]> odt = file(reader, letter + "1.odt?paper=letter");
    assertThat(content(odt.body())).contains("Your Excellency,", "Ada Ahorn", "Court Square");
    HttpResponse<byte[]> pdf = file(reader, letter + "1.pdf?paper=letter");
    try (PDDocument document = Loader.loadPDF(pdf.body())) {
      assertThat(document.getPage(0).getMediaBox().getWidth()).isEqualTo(612f);
      assertThat(new PDFTextStripper().getText(document))
          .contains("Your Excellency,", "Minister of Justice", "Ada Ahorn", "15 June 2026");
    }
    for (HttpResponse<byte[]> file : List.of(odt, pdf)) {
      assertThat(file.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
          .matches("attachment; filename=\"letter-1\\.(odt|pdf)\"");
    }
    assertThat(reader.get(letter + "4.txt").statusCode()).isEqualTo(404);
    assertThat(reader.get(letter + "0.txt").statusCode()).isEqualTo(404);
    assertThat(reader.get(letter + "1.doc").statusCode()).isEqualTo(404);
  }

  /** What stands between the reader and us; the rest of a page is the reader's own. */
  private static String message(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    String body = page.body();
    return body.substring(body.indexOf("<article"), body.indexOf("</article>"));
  }

  @Test
  void whatTheApproverIsShownIsWhatMembersReadByteForByte() {
    String invented = "Robin Reader";
    TestDesk.Browser approving = desk.signedIn(scene.approver);
    Alert alert =
        scene.submitted(
            AlertScene.to(
                draft("Ask for a fair trial"), Set.of(Circle.CORRESPONDENT, Circle.NETWORK)));
    String staff = scene.staffPath(alert);
    Map<Circle, TestDesk.Browser> readers =
        Map.of(
            Circle.CORRESPONDENT,
            scene.reader(Circle.CORRESPONDENT, invented, "robin@academy.example"),
            Circle.NETWORK,
            scene.reader(Circle.NETWORK, invented, "contact@academy.example"));
    Map<String, byte[]> shown = new TreeMap<>();
    readers
        .keySet()
        .forEach(
            circle -> {
              String as = staff + "/as/" + circle.word();
              shown.put(
                  circle + "",
                  message(approving.get(as))
                      .replace(as, path(alert))
                      .getBytes(StandardCharsets.UTF_8));
              for (String letter : LETTERS) {
                shown.put(circle + letter, file(approving, as + letter).body());
              }
            });
    assertThat(approving.get(staff + "/as/drill").statusCode()).isEqualTo(404);
    String page = approving.get(staff).body();
    assertThat(page)
        .contains(
            "src=\"" + staff + "/as/correspondent?lang=en\"", "Your Excellency,", "Mr President,")
        .contains(text(approving, staff + "/as/correspondent/letters/1.txt"))
        .contains(text(approving, staff + "/as/correspondent/letters/2.txt"));

    String hook = approving.get(staff + "?as=webhook").body();
    JsonObject event = new JsonObject(hook.replaceAll("(?s).*<pre>(.*?)</pre>.*", "$1"));

    scene.letGo(alert);
    desk.hub.clock.advance(Duration.ofSeconds(3));
    assertThat(desk.features.events.after(Scope.NETWORK, Optional.empty(), 10))
        .extracting(Event::payload)
        .containsExactly(event);
    readers.forEach(
        (circle, browser) -> {
          assertThat(message(browser.get(path(alert))).getBytes(StandardCharsets.UTF_8))
              .isEqualTo(shown.get(circle + ""));
          for (String letter : LETTERS) {
            assertThat(file(browser, path(alert) + letter).body())
                .as(letter)
                .isEqualTo(shown.get(circle + letter));
          }
        });
  }

  @Test
  void anOfficialWhoseEntryIsChangedAfterwardsIsAddressedAsWasApproved() {
    OfficialDetails before =
        new OfficialDetails(
            "Prosecutor General",
            "",
            "Prosecution",
            "XN",
            "2 Court Square",
            "",
            "en",
            "Dear Prosecutor General,",
            "Dear Prosecutor General,");
    var words = desk.features.languages.in("en");
    Official official = desk.features.officials.create(before, scene.officer, words);
    TestDesk.Browser approving = desk.signedIn(scene.approver);
    TestDesk.Browser writing = desk.signedIn(desk.features.staff.find(scene.officer).orElseThrow());
    HttpResponse<String> created =
        writing.post(
            scene.casePath() + "/alerts",
            "kind",
            "ACTION",
            "ask",
            "Ask for a doctor",
            "happened",
            "He is ill.",
            "actions",
            "Write.",
            "circles",
            "correspondent",
            "official",
            "" + official.id().value(),
            "letter_0_language",
            "en",
            "letter_0_body",
            "I write to the {{office}}.");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(303);
    String page = created.headers().firstValue("Location").orElseThrow();
    assertThat(writing.post(page + "/submit").statusCode()).isEqualTo(303);
    Alert alert = scene.at(page);
    String shown = text(approving, page + "/as/correspondent/letters/1.txt");
    assertThat(shown).contains("Dear Prosecutor General,", "I write to the Prosecutor General.");
    OfficialDetails after =
        new OfficialDetails(
            "Chief Clerk", "", "Registry", "XN", "9 Court Square", "", "en", "Hello,", "Hello,");
    desk.features.officials.edit(official.id(), official.version(), after, scene.officer, words);
    scene.letGo(alert);
    TestDesk.Browser robin =
        scene.reader(Circle.CORRESPONDENT, "Robin Reader", "robin@academy.example");
    assertThat(text(robin, path(alert) + "/letters/1.txt")).isEqualTo(shown);
    assertThat(robin.get(path(alert)).body()).doesNotContain("Chief Clerk", "Registry");
  }

  @Test
  void aLetterIsInTheOfficialsLanguageAndReadsFromItsSide() throws Exception {
    Alert alert = released();
    String letter = path(alert) + "/letters/";
    String arabic = content(file(reader, letter + "2.odt").body());
    assertThat(arabic)
        .contains("معالي الوزير،", "وزارة العدل", "بشأن احتجاز", "Ada Ahorn", "rl-tb");
    assertThat(text(reader, letter + "2.txt"))
        .containsSubsequence("يونيو", "بشأن احتجاز", "معالي الوزير،", "أكتب إليكم", "Ada Ahorn");
    assertThat(new String(file(reader, letter + "2.pdf").body(), 0, 5, StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
    // None is in French: English takes its place, and the page says so.
    assertThat(content(file(reader, letter + "3.odt").body()))
        .contains("Mr President,", "I write to the Président de la Cour")
        .doesNotContain("rl-tb", "Monsieur");
    assertThat(reader.get(path(alert)).body()).containsOnlyOnce("It is in this language: English");
  }

  @Test
  void whatSomebodyIsCalledIsNeverMarkupNorAHole() throws Exception {
    String name = "<script>alert(1)</script> {{office}} $1";
    TestDesk.Browser hostile = scene.reader(Circle.CORRESPONDENT, name, "eve@academy.example");
    Alert alert = scene.released(draft("<script>alert(2)</script> {{name}}"));
    assertThat(hostile.get("/portal").body()).doesNotContain("<script>").contains("&lt;script&gt;");
    assertThat(hostile.get(path(alert)).body()).doesNotContain("<script>");
    assertThat(text(hostile, path(alert) + "/letters/1.txt")).contains(name);
    assertThat(content(file(hostile, path(alert) + "/letters/1.odt").body()))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>");
    hostile.get(path(alert));
    String wrong =
        hostile
            .post(path(alert) + "/reports", "reply", "</textarea><script>", "other", "\"><script>")
            .body();
    assertThat(wrong).doesNotContain("<script>").contains("&lt;/textarea&gt;&lt;script&gt;");
  }

  @Test
  void aNameThatNoFontCanPrintIsSaidAndTheOtherFormsAreOffered() {
    TestDesk.Browser rose = scene.reader(Circle.CORRESPONDENT, "部 🌹", "rose@academy.example");
    Alert alert = released();
    HttpResponse<String> pdf = rose.get(path(alert) + "/letters/1.pdf");
    assertThat(pdf.statusCode()).isEqualTo(409);
    assertThat(pdf.body())
        .contains("cannot be printed", "部", "🌹", "/letters/1.odt?paper=a4", "/letters/1.txt");
    assertThat(text(rose, path(alert) + "/letters/1.txt")).contains("部 🌹");
  }

  @Test
  void aReportNamesAllThatIsWrongAndLosesNothing() {
    Alert alert = released();
    reader.get(path(alert));
    HttpResponse<String> wrong =
        reader.post(
            path(alert) + "/reports",
            "way",
            "",
            "on",
            "yesterday",
            "other",
            "x".repeat(401),
            "reply",
            "He listened. " + "y".repeat(4_000));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("href=\"#way\"", "href=\"#on\"", "href=\"#other\"", "href=\"#reply\"")
        .contains("value=\"yesterday\"", "x".repeat(401), "He listened. yyy", "At most 4,000")
        .doesNotContain("What you told us");
    assertThat(reader.post(path(alert) + "/reports", "way", "MET", "on", "2026-06-17").body())
        .contains("href=\"#on\"", "value=\"MET\" checked", "Choose a day that has been");
    assertThat(
            reader
                .postOnly(path(alert) + "/reports", "way", "MET", "on", "2026-06-15")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aReportIsThankedForAndShownToNobodyElse() {
    Alert alert = released();
    reader.get(path(alert));
    HttpResponse<String> done =
        reader.post(
            path(alert) + "/reports",
            "way",
            "WROTE",
            "on",
            "2026-06-14",
            "target",
            "Minister of Justice",
            "other",
            "",
            "reply",
            "THE-CONSUL-NODDED");
    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(done.headers().firstValue("Location")).hasValue(path(alert) + "?done=report#thanks");
    assertThat(reader.get(path(alert) + "?done=report").body())
        .contains("Thank you.", "What you told us", "THE-CONSUL-NODDED", "June 14, 2026");
    TestDesk.Browser other =
        scene.reader(Circle.CORRESPONDENT, "Bruno Belviwick", "bruno@academy.example");
    assertThat(other.get(path(alert)).body())
        .contains("fair trial")
        .doesNotContain("THE-CONSUL-NODDED", "What you told us");
    stop(alert);
    reader.get(path(alert));
    assertThat(
            reader.post(path(alert) + "/reports", "way", "CALLED", "on", "2026-06-15").statusCode())
        .isEqualTo(303);
    assertThat(reader.get(path(alert)).body())
        .contains("Wrote", "Called")
        .doesNotContain(WORDS)
        .doesNotContain("THE-CONSUL-NODDED");
  }

  @Test
  void whoMustSignInFirstIsLedBackAndNowhereElse() {
    Alert alert = released();
    TestDesk.Browser visitor = desk.new Browser();
    visitor.get(path(alert));
    String back = visitor.cookie.orElseThrow();
    assertThat(back).isEqualTo("tocsin-back=" + path(alert));
    for (String[] cookie :
        new String[][] {
          {back, path(alert)},
          {"tocsin-back=//evil.example", "/portal"},
          {"tocsin-back=https://evil.example/portal/alerts", "/portal"},
          {"tocsin-back=/portal/../desk", "/portal"},
          {"tocsin-back=/portal/sign-in", "/portal"}
        }) {
      // Each asks for a link, and there are not many for one address.
      desk.hub.clock.advance(Duration.ofHours(1));
      visitor.cookie = Optional.empty();
      String link = scene.link(visitor, "ada@academy.example");
      visitor.cookie = Optional.of(visitor.cookie.orElseThrow() + "; " + cookie[0]);
      HttpResponse<String> in = visitor.postOnly(link);
      assertThat(in.headers().firstValue("Location")).as(cookie[0]).hasValue(cookie[1]);
      assertThat(in.headers().allValues("Set-Cookie"))
          .anyMatch(set -> set.startsWith("tocsin-back=;") && set.contains("Max-Age=0"));
    }
  }

  @Test
  void anExerciseSaysSoAlsoOnceItWasStopped() {
    TestDesk.Browser drill = scene.reader(Circle.DRILL, "Dora Drill", "dora@hub.example");
    Alert exercise = scene.exercise(draft("Ask for a fair trial"));
    assertThat(drill.get("/portal").body()).contains("This is an exercise.", "fair trial");
    assertThat(drill.get(path(exercise)).body()).contains("This is an exercise.");
    stop(exercise);
    assertThat(drill.get(path(exercise)).body())
        .contains("This is an exercise.", "Please do nothing further");
    assertThat(reader.get(path(exercise)).statusCode()).isEqualTo(404);
  }
}
