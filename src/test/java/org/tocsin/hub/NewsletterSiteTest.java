package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Draft;
import org.tocsin.publications.Newsletter;

/** The public pages of the newsletters: what is shown, when, and how it is cached. */
class NewsletterSiteTest {
  private final TestDesk desk = new TestDesk();
  private final TestDesk.Browser reader = desk.new Browser();
  private final StaffMember editor =
      desk.staff("e@tocsin.example", "Ed Itor", Role.NEWSLETTER_EDITOR);
  private final StaffMember approver = desk.staff("a@tocsin.example", "Ap Prover", Role.APPROVER);

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void theFrontPageInvitesAndShowsTheLatest() {
    assertThat(reader.get("/").body())
        .contains("No newsletter has been published yet")
        .contains("href=\"/subscribe\"");
    for (int month = 1; month <= 4; month++) {
      publish("2026-0" + month, "Hope", Optional.empty());
      desk.hub.clock.advance(Duration.ofDays(1));
    }
    String page = reader.get("/").body();
    assertThat(page).contains("2026-04").contains("2026-02").doesNotContain("2026-01");
    assertThat(reader.get("/newsletters").body()).contains("2026-01");
  }

  @Test
  void anIssueIsShownAsItWasPressed() {
    publish("2026-05", "A **brave** chemist <script>alert(1)</script>", Optional.empty());
    HttpResponse<String> page = reader.get("/newsletters/2026-05");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<strong>brave</strong>")
        .contains("lang=\"en\"")
        .doesNotContain("alert(1)");
  }

  @Test
  void whatCannotBeReadOfAnAddressIsTheAskersFault() {
    for (String path : List.of("/newsletters/%00", "/newsletters?after=%00", "/search?q=a%00b")) {
      assertThat(desk.new Browser().get(path).statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void nothingIsThereBeforeItsTime() {
    Instant later = desk.hub.clock.instant().plus(Duration.ofHours(3));
    publish("2026-06", "The embargoed word: *zymurgy*.", Optional.of(later));
    List<String> paths =
        List.of(
            "/",
            "/newsletters",
            "/newsletters/2026-06",
            "/newsletters?after=2026-07",
            "/search?q=zymurgy",
            "/feeds/newsletters.atom",
            "/feeds/newsletters.json");
    for (String path : paths) {
      HttpResponse<String> answer = reader.get(path);
      assertThat(answer.body()).as(path).doesNotContain("2026-06\"").doesNotContain("embargoed");
    }
    String missing = reader.get("/newsletters/2031-01").body();
    assertThat(reader.get("/newsletters/2026-06").statusCode()).isEqualTo(404);
    assertThat(reader.get("/newsletters/2026-06").body()).isEqualTo(missing);
    desk.hub.clock.advance(Duration.ofHours(3));
    desk.features.newsletters.publishDue();
    assertThat(reader.get("/newsletters/2026-06").body()).contains("<em>zymurgy</em>");
    assertThat(reader.get("/search?q=zymurgy").body())
        .contains("1 newsletter speaks")
        .contains("<mark>zymurgy</mark>");
  }

  @Test
  void aWithdrawnIssueLeavesATombstoneWithDignity() {
    Newsletter issue = publish("2026-05", "Words that were wrong.", Optional.empty());
    desk.hub.clock.advance(Duration.ofHours(1));
    desk.features.newsletters.withdraw(issue.id(), editor.id());
    HttpResponse<String> page = reader.get("/newsletters/2026-05");
    assertThat(page.statusCode()).isEqualTo(410);
    assertThat(page.body())
        .contains("This newsletter was withdrawn")
        .doesNotContain("Words that were wrong")
        .doesNotContain("Issue of 2026-05");
    assertThat(reader.get("/newsletters").body()).doesNotContain("2026-05");
  }

  @Test
  void whoHasSeenAPageIsToldThatItIsTheSame() {
    publish("2026-05", "Hope", Optional.empty());
    for (String path :
        List.of(
            "/",
            "/newsletters",
            "/newsletters/2026-05",
            "/feeds/newsletters.atom",
            "/feeds/newsletters.json")) {
      HttpResponse<String> first = reader.get(path);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      String modified = first.headers().firstValue("Last-Modified").orElseThrow();
      assertThat(first.statusCode()).as(path).isEqualTo(200);
      desk.hub.clock.advance(Duration.ofMinutes(5));
      assertThat(conditional(path, "If-None-Match", "\"x\", " + tag)).as(path).isEqualTo(304);
      assertThat(conditional(path, "If-None-Match", "\"x\"")).as(path).isEqualTo(200);
      assertThat(conditional(path, "If-Modified-Since", modified)).as(path).isEqualTo(304);
      assertThat(conditional(path, "If-Modified-Since", "yesterday")).as(path).isEqualTo(200);
    }
    String before = reader.get("/newsletters").headers().firstValue("ETag").orElseThrow();
    publish("2026-06", "More", Optional.empty());
    assertThat(conditional("/newsletters", "If-None-Match", before)).isEqualTo(200);
  }

  @Test
  void aSearchTakesAnythingAndShowsItAsText() {
    publish("2026-05", "Hope", Optional.empty());
    assertThat(reader.get("/search").body()).doesNotContain("Nothing was found");
    assertThat(reader.get("/search?q=%3Cb%3Ehope%3C%2Fb%3E").body())
        .contains("Nothing was found for “&lt;b&gt;hope&lt;/b&gt;”");
    assertThat(reader.get("/search?q=hoping").body()).contains("1 newsletter speaks");
    assertThat(reader.get("/search?q=%27%22%26%7C%21%28").statusCode()).isEqualTo(200);
    assertThat(reader.get("/search?q=" + "x".repeat(201)).statusCode()).isEqualTo(422);
  }

  @Test
  void aFeedSaysWhatItIs() {
    publish("2026-05", "Hope", Optional.empty());
    HttpResponse<String> atom = reader.get("/feeds/newsletters.atom");
    assertThat(atom.headers().firstValue("Content-Type"))
        .hasValue("application/atom+xml; charset=utf-8");
    assertThat(atom.body()).contains("<entry>").contains("Issue of 2026-05");
    HttpResponse<String> json = reader.get("/feeds/newsletters.json");
    assertThat(json.headers().firstValue("Content-Type")).hasValue("application/feed+json");
  }

  private int conditional(String path, String header, String value) {
    return reader.send(reader.request(path).header(header, value).GET()).statusCode();
  }

  private Newsletter publish(String month, String markdown, Optional<Instant> notBefore) {
    Messages words = desk.features.languages.in("en");
    var newsletters = desk.features.newsletters;
    Newsletter issue =
        newsletters.create(
            new Draft(month, "Issue of " + month, "In short", markdown, List.of("newsletter")),
            editor.id(),
            words);
    newsletters.submit(issue.id(), editor.id());
    newsletters.approve(issue.id(), approver.id(), Optional.empty());
    return newsletters.release(issue.id(), editor.id(), notBefore).newsletter();
  }
}
