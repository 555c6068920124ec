package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;
import org.tocsin.cases.CaseId;
import org.tocsin.publications.Draft;

/** Casework through its pages: the way of a case, and who sees what of it. */
class CaseDeskTest {
  private static final List<String> CONFIDENTIAL =
      List.of("SISTER-TOLD-US", "BROTHER-AT-RISK", "LETTER-OF-HERS", "DIABETES");

  private final TestDesk desk = new TestDesk();
  private final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  private final StaffMember approver =
      desk.staff("approver@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);
  private final TestDesk.Browser writing = desk.signedIn(officer);

  @AfterEach
  void close() {
    desk.close();
  }

  private String takenIn() {
    writing.get("/desk/cases/new");
    HttpResponse<String> created =
        writing.post(
            "/desk/cases",
            "name",
            "Ilyas Vóren",
            "other_names",
            "",
            "country",
            "XN",
            "profession",
            "PHYSICIAN",
            "summary",
            "Arrested at the hospital");
    assertThat(created.statusCode()).isEqualTo(303);
    return created.headers().firstValue("Location").orElseThrow();
  }

  private String ready() {
    String path = takenIn();
    done(path + "/step", "to", "UNDER_REVIEW", "reason", "");
    for (String word : List.of("PROFESSION", "ABUSE", "LINK", "NO_VIOLENCE")) {
      done(path + "/check", "word", word, "met", "YES", "note", "The indictment");
    }
    for (String kind : List.of("FAMILY", "PRESS")) {
      done(
          path + "/source",
          "kind",
          kind,
          "independent",
          "true",
          "heard_on",
          "2026-06-01",
          "details",
          "SISTER-TOLD-US");
    }
    done(path + "/risk", "text", "BROTHER-AT-RISK");
    done(path + "/note", "kind", "MEDICAL", "text", "DIABETES");
    done(
        path + "/consent",
        "giver",
        "SELF",
        "scopes",
        "CORRESPONDENTS_ALERT",
        "given",
        "2026-06-01",
        "expires",
        "",
        "evidence",
        "LETTER-OF-HERS");
    done(path + "/situation", "word", "DETAINED", "since", "2026-05-30", "note", "");
    done(path + "/team", "member", "" + approver.id().value());
    return path;
  }

  private void done(String path, String... fields) {
    String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
    all[fields.length] = "version";
    all[fields.length + 1] = version(path.substring(0, path.lastIndexOf('/')));
    HttpResponse<String> answer = writing.post(path, all);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(303);
  }

  /** As the form of a step has it. */
  private String version(String path) {
    var version =
        java.util.regex.Pattern.compile("name=\"version\" value=\"([0-9]+)\"")
            .matcher(writing.get(path + "/note").body());
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void aCaseIsTakenInExaminedAndConfirmedByASecondPerson() {
    String path = ready();
    assertThat(writing.get(path + "/confirm").body()).contains("You wrote at this case");
    HttpResponse<String> own = writing.post(path + "/confirm", "version", version(path));
    assertThat(own.statusCode()).isEqualTo(403);

    TestDesk.Browser confirming = desk.signedIn(approver);
    String seen = version(path);
    assertThat(confirming.get(path).body()).contains("Confirm this case", "BROTHER-AT-RISK");
    assertThat(confirming.post(path + "/confirm", "version", "1").statusCode()).isEqualTo(409);
    assertThat(confirming.post(path + "/confirm", "version", seen).statusCode()).isEqualTo(303);
    assertThat(writing.get(path).body())
        .contains("Nothing stands in the way", "Confirmed as active", "Nobody consented to this.");
  }

  @Test
  void whatIsForTheTeamIsShownToNobodyElse() {
    String path = ready();
    assertThat(writing.get(path).body()).contains(CONFIDENTIAL);
    for (Role role : Role.values()) {
      TestDesk.Browser other =
          desk.signedIn(desk.staff(role.word() + "2@tocsin.example", role.word(), role));
      HttpResponse<String> page = other.get(path);
      assertThat(page.body()).as(role.word()).doesNotContain(CONFIDENTIAL);
      boolean reads =
          List.of(Role.CASE_OFFICER, Role.APPROVER, Role.RELEASE_OFFICER).contains(role);
      assertThat(page.statusCode()).as(role.word()).isEqualTo(reads ? 200 : 403);
      assertThat(page.body().contains("Ilyas Vóren")).as(role.word()).isEqualTo(reads);
      if (reads) {
        assertThat(found(other, "sister-told-us")).as(role.word()).isFalse();
        assertThat(found(other, "voren")).as(role.word()).isTrue();
      }
      if (role == Role.CASE_OFFICER) {
        assertThat(other.get(path + "/source").statusCode()).isEqualTo(403);
        assertThat(other.post(path + "/note", "kind", "OPEN", "text", "x").statusCode())
            .isEqualTo(403);
      }
    }
    assertThat(found(writing, "SISTER-told ilyas")).isTrue();
    assertThat(found(writing, "nobody of this name")).isFalse();
  }

  private static boolean found(TestDesk.Browser browser, String words) {
    String body = browser.post("/desk/cases/find", "sought", words).body();
    assertThat(body).contains("<h1>Cases</h1>");
    return body.contains("Ilyas Vóren");
  }

  private List<AuditEntry> read() {
    return desk.hub.audit.latest(new Audit.Filter("", "read", ""), Long.MAX_VALUE, 500).reversed();
  }

  @Test
  void whoReadsACaseAListOrWhatASearchFindsIsWrittenDownBeforeTheyHaveIt() {
    String path = takenIn();
    desk.features.caseTeams.add(
        new CaseId(1), approver, officer.id(), desk.features.languages.in("en"));
    StaffMember outsider = desk.staff("out@tocsin.example", "Out", Role.CASE_OFFICER);
    int before = read().size();
    TestDesk.Browser other = desk.signedIn(outsider);
    other.get("/desk/cases");
    other.get("/desk/cases?state=INTAKE");
    other.post("/desk/cases/find", "sought", "Vóren hospital");
    other.post("/desk/cases/find", "sought", "nobody");
    other.get(path);
    other.get(path);
    desk.signedIn(approver).get(path);
    assertThat(read().stream().skip(before))
        .extracting(
            entry -> entry.actor() + " " + entry.action() + " " + entry.subject() + entry.detail())
        .containsExactly(
            outsider.id().actor() + " read.cases cases{\"shown\":1}",
            outsider.id().actor() + " read.case_search cases{\"shown\":1}",
            outsider.id().actor() + " read.case case:1{}",
            approver.id().actor() + " read.case case:1{}",
            approver.id().actor() + " read.case_team case:1{}");
    desk.hub.clock.advance(Duration.ofMinutes(10));
    desk.hub.audit.readingsRound();
    assertThat(read().stream().filter(entry -> entry.detail().contains("times")))
        .extracting(entry -> entry.actor() + " " + entry.action())
        .contains(
            outsider.id().actor() + " read.cases",
            outsider.id().actor() + " read.case_search",
            outsider.id().actor() + " read.case");
    assertThat(read())
        .noneMatch(entry -> entry.toString().toLowerCase(Locale.ROOT).contains("voren"));
    assertThat(read()).noneMatch(entry -> entry.toString().contains("hospital"));
  }

  @Test
  void theAuditTellsHowACaseStandsToWhoReadsCasesAlone() {
    String path = takenIn();
    done(path + "/situation", "word", "DECEASED", "since", "2026-05-30", "note", "");
    for (Role role : List.of(Role.AUDITOR, Role.SECURITY_ADMIN)) {
      TestDesk.Browser auditing =
          desk.signedIn(desk.staff(role.word() + "@tocsin.example", "A", role));
      for (String page :
          List.of("/desk/audit", "/desk/audit?action=case", "/desk/audit?subject=case%3A1")) {
        assertThat(auditing.get(page).body())
            .as(page)
            .contains("case:1", "Ines Castellanos")
            .doesNotContain("DECEASED");
      }
    }
    StaffMember both =
        desk.staff("both@tocsin.example", "Both", Role.AUDITOR, Role.RELEASE_OFFICER);
    assertThat(desk.signedIn(both).get("/desk/audit?action=case").body())
        .contains("situation: DECEASED");
  }

  @Test
  void whatCannotBeWrittenDownAsReadIsNotShown() {
    String path = takenIn();
    TestDesk.Browser other =
        desk.signedIn(desk.staff("out@tocsin.example", "Out", Role.CASE_OFFICER));
    desk.hub.hub.run("ALTER TABLE audit.disclosure RENAME TO elsewhere");
    for (String page : List.of(path, "/desk/cases")) {
      HttpResponse<String> answer = other.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(500);
      assertThat(answer.body()).doesNotContain("Vóren", "hospital");
    }
    assertThat(other.post("/desk/cases/find", "sought", "hospital").body()).doesNotContain("Vóren");
  }

  @Test
  void whoeverClearsWordsSeesThemAsANewsletterWillHaveThem() {
    String path = ready();
    HttpResponse<String> begun =
        writing.post(
            path + "/development",
            "kind",
            "OTHER",
            "title",
            "A colleague teaches again",
            "text",
            "She is [well](https://news.example/a), and *at home*.");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
    String words = begun.headers().firstValue("Location").orElseThrow();
    String shown = desk.signedIn(approver).get(words).body();
    var issue =
        desk.features.newsletters.create(
            new Draft(
                "2026-06",
                "June",
                "",
                """
                # Hello

                ## A colleague teaches again

                She is [well](https://news.example/a), and *at home*.
                """,
                List.of("newsletter")),
            officer.id(),
            desk.features.languages.in("en"));
    desk.features.newsletters.submit(issue.id(), officer.id());
    String page = desk.features.newsletters.pressed(issue.id()).page().html();
    assertThat(shown).contains(page.substring(page.indexOf("<h2")).strip());
  }

  @Test
  void everyWrongAnswerIsNamedAndKept() {
    String path = takenIn();
    HttpResponse<String> wrong =
        writing.post(
            path + "/source", "kind", "NOBODY", "heard_on", "yesterday", "details", "Kept words");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("href=\"#kind\"", "href=\"#heard_on\"", "Kept words");
    HttpResponse<String> empty = writing.post("/desk/cases", "name", "", "summary", "");
    assertThat(empty.body())
        .contains("Choose a profession", "Choose a country", "Say in a few sentences", "#name");
    assertThat(writing.get("/desk/cases/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void aRevokedConsentShowsAtOnce() {
    String path = ready();
    String link = writing.get(path).body().replaceAll("(?s).*consent=([0-9]+).*", "$1");
    done(path + "/revoke", "consent", link, "reason", "She rang");
    assertThat(writing.get(path).body()).contains("The consent was revoked.", "She rang");
  }
}
