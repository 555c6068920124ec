package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;

/** An issue on the desk, in plain forms as a browser without JavaScript sends them. */
class NewsletterDeskTest {
  private static final Pattern HASH = Pattern.compile("name=\"hash\" value=\"([0-9a-f]{64})\"");

  private final TestDesk desk = new TestDesk();
  private final TestDesk.Browser editor =
      desk.signedIn(desk.staff("e@tocsin.example", "Ed Itor", Role.NEWSLETTER_EDITOR));
  private final TestDesk.Browser approver =
      desk.signedIn(desk.staff("a@tocsin.example", "Ap Prover", Role.APPROVER));
  private final TestDesk.Browser both =
      desk.signedIn(desk.staff("b@tocsin.example", "Bo Th", Role.APPROVER, Role.NEWSLETTER_EDITOR));

  @AfterEach
  void close() {
    desk.close();
  }

  private static String main(String page) {
    return page.substring(page.indexOf("<main"), page.indexOf("</main>"));
  }

  @Test
  void anIssueIsWrittenReviewedReleasedAndWithdrawn() {
    String page = write(editor, "2026-06", "Hope");
    assertThat(editor.get(page).body())
        .contains("Only the desk sees this")
        .contains("Submit for review")
        .contains("wrote the first draft");
    assertThat(where(editor.post(page + "/submit"))).isEqualTo(page);

    String review = approver.get(page).body();
    assertThat(review)
        .contains("src=\"" + page + "/letter?letter=en\"", "src=\"" + page + "/page\"", "Ed Itor");
    HttpResponse<String> shown = approver.get(page + "/page");
    assertThat(shown.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox", "form-action 'none'");
    assertThat(where(approver.post(page + "/approve", "hash", hash(review)))).isEqualTo(page);

    assertThat(editor.get(page + "/release").body())
        .contains("Release this newsletter")
        .contains("Ap Prover");
    assertThat(where(editor.post(page + "/release", "when", "now", "not_before", "")))
        .isEqualTo(page);
    assertThat(editor.get(page).body())
        .contains("It has stood in the public archive since")
        .contains("href=\"/desk/broadcasts/");
    String published = desk.new Browser().get("/newsletters/2026-06").body();
    assertThat(main(published)).contains("</article>").isEqualTo(main(shown.body()));

    assertThat(editor.get(page + "/withdraw").body()).contains("Mail that has left");
    editor.post(page + "/withdraw");
    assertThat(desk.new Browser().get("/newsletters/2026-06").statusCode()).isEqualTo(410);
    assertThat(editor.get("/desk/newsletters").body()).contains("Withdrawn").contains("Hope");
  }

  @Test
  void aReleaseForLaterIsTakenBack() {
    String page = approved("2026-07");
    assertThat(editor.post(page + "/release", "when", "later", "not_before", "soon").statusCode())
        .isEqualTo(422);
    editor.post(page + "/release", "when", "later", "not_before", "2026-06-20T10:30");
    assertThat(editor.get(page).body()).contains("Scheduled").contains("June 20, 2026");
    assertThat(editor.get(page + "/withdraw").body()).contains("becomes a draft again");
    editor.post(page + "/withdraw");
    assertThat(editor.get(page).body()).contains("Only the desk sees this");
  }

  @Test
  void nobodyApprovesTheirOwnWordsOnTheDeskEither() {
    String page = write(both, "2026-06", "Hope");
    both.post(page + "/submit");
    String review = both.get(page).body();
    assertThat(review).doesNotContain("name=\"hash\"").contains("You wrote at it");
    HttpResponse<String> forced =
        both.post(page + "/approve", "hash", hash(approver.get(page).body()));
    assertThat(forced.statusCode()).isEqualTo(403);
    assertThat(forced.body()).contains("another person must approve it");
    assertThat(editor.post(page + "/approve", "hash", "x").body()).contains("approve_newsletter");
  }

  @Test
  void theApproverApprovesWhatThePageShowed() {
    String page = write(editor, "2026-06", "Hope");
    editor.post(page + "/submit");
    String old = hash(approver.get(page).body());
    save(editor, page, "Hope and more");
    editor.post(page + "/submit");
    HttpResponse<String> late = approver.post(page + "/approve", "hash", old);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("The text was changed since you opened this page");
  }

  @Test
  void sendingBackNeedsAReasonThatTheEditorReads() {
    String page = write(editor, "2026-06", "Hope");
    editor.post(page + "/submit");
    assertThat(approver.post(page + "/reject", "reason", " ").statusCode()).isEqualTo(422);
    approver.post(page + "/reject", "reason", "The date is <wrong>.");
    assertThat(editor.get(page).body()).contains("The date is &lt;wrong&gt;.");
  }

  @Test
  void aWrongFormComesBackWithItsFieldsNamedAndItsWordsKept() {
    HttpResponse<String> again =
        editor.post(
            "/desk/newsletters",
            "month",
            "June",
            "subject",
            "",
            "preheader",
            "kept",
            "body_markdown",
            "my words");
    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body())
        .contains("href=\"#month\"")
        .contains("href=\"#subject\"")
        .contains("href=\"#topics\"")
        .contains("my words")
        .contains("value=\"kept\"");
    assertThat(editor.get("/desk/newsletters").body()).contains("No newsletter has been written");
  }

  @Test
  void twoEditorsDoNotOverwriteEachOther() {
    String page = write(editor, "2026-06", "Hope");
    String form = both.get(page + "/edit").body();
    save(editor, page, "First");
    HttpResponse<String> late = both.post(page, fields("2026-06", "Second", version(form)));
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("Nothing was overwritten").contains("Second");
    assertThat(editor.get(page).body()).contains("First").doesNotContain("Second");
  }

  @Test
  void thePreviewFollowsTheWriterInAFrameOfItsOwn() {
    String[] fields = fields("2026-06", "Live **words**", "0");
    HttpResponse<String> part =
        editor.send(
            editor
                .form("/desk/newsletters/preview", with(fields, "csrf", csrf(editor)))
                .header("HX-Request", "true"));
    assertThat(part.body())
        .contains("<iframe")
        .contains("of 200 characters")
        .doesNotContain("<html");
    assertThat(editor.post("/desk/newsletters/preview", fields).body()).contains("<html");
    HttpResponse<String> frame = editor.get("/desk/newsletters/preview/letter?v=1");
    assertThat(frame.body()).contains("<strong").doesNotContain("{{");
    assertThat(frame.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox; default-src 'none'");
    assertThat(both.get("/desk/newsletters/preview/letter").statusCode()).isEqualTo(404);
    assertThat(editor.post("/desk/newsletters/preview", "month", "x").statusCode()).isEqualTo(200);
  }

  @Test
  void whoMayNotWriteIsSentAway() {
    assertThat(approver.get("/desk/newsletters/new").statusCode()).isEqualTo(403);
    assertThat(approver.get("/desk/newsletters").statusCode()).isEqualTo(200);
    assertThat(desk.new Browser().get("/desk/newsletters").statusCode()).isEqualTo(303);
    assertThat(editor.get("/desk/newsletters/abc").statusCode()).isEqualTo(404);
  }

  private String approved(String month) {
    String page = write(editor, month, "Hope");
    editor.post(page + "/submit");
    approver.post(page + "/approve", "hash", hash(approver.get(page).body()));
    return page;
  }

  private static String write(TestDesk.Browser who, String month, String subject) {
    return where(
        who.post(
            "/desk/newsletters",
            "month",
            month,
            "subject",
            subject,
            "preheader",
            "In short",
            "body_markdown",
            "Some **good** news.",
            "topics",
            "newsletter"));
  }

  private static void save(TestDesk.Browser who, String page, String text) {
    String form = who.get(page + "/edit").body();
    assertThat(where(who.post(page, fields("2026-06", text, version(form))))).isEqualTo(page);
  }

  private static String[] fields(String month, String text, String version) {
    return new String[] {
      "month",
      month,
      "subject",
      "Hope",
      "body_markdown",
      text,
      "topics",
      "newsletter",
      "version",
      version
    };
  }

  private static String[] with(String[] fields, String name, String value) {
    String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
    all[fields.length] = name;
    all[fields.length + 1] = value;
    return all;
  }

  private static String csrf(TestDesk.Browser who) {
    who.get("/desk/newsletters/new");
    return who.csrf;
  }

  private static String version(String form) {
    return first(Pattern.compile("name=\"version\" value=\"([0-9]+)\""), form);
  }

  private static String hash(String page) {
    return first(HASH, page);
  }

  private static String first(Pattern pattern, String page) {
    Matcher found = pattern.matcher(page);
    assertThat(found.find()).as("no " + pattern).isTrue();
    return found.group(1);
  }

  private static String where(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }
}
