package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.DemoCases;
import org.tocsin.cases.WorkState;
import org.tocsin.filings.DemoFilings;

/** Complaints through their pages: begun, moved on, dated; who reads and who writes. */
class FilingDeskTest {
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

  /** The demonstration's cases, and its filings if wanted. */
  static void write(TestDesk desk, StaffMember officer, StaffMember approver, boolean filings) {
    var sealer = desk.hub.keyring.sealer();
    new DemoCases(desk.hub.hub, sealer, desk.hub.audit, desk.features.languages.in("en"))
        .write(officer.id(), approver);
    if (filings) {
      new DemoFilings(
              desk.hub.hub,
              sealer,
              desk.hub.audit,
              desk.hub.clock,
              desk.features.cases,
              desk.features.caseTeams,
              desk.features.consents,
              desk.features.languages)
          .write(officer.id());
    }
  }

  private String path(CaseFile file) {
    return "/desk/cases/" + desk.hub.keyring.ids().encode("case", file.id().value());
  }

  private CaseFile newest(StaffId viewer) {
    return desk.features
        .cases
        .list(viewer, Optional.of(WorkState.ACTIVE), Long.MAX_VALUE, 1)
        .getFirst();
  }

  private static String where(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void aComplaintIsBegunAndGoesOnThroughItsPages() {
    write(desk, officer, approver, false);
    String file = path(newest(officer.id()));
    assertThat(writing.get(file).body()).contains("No complaint has been begun");
    assertThat(writing.get("/desk/filings").body()).contains("There is no open filing");
    HttpResponse<String> none = writing.post(file + "/filing", "remedies_ended", "soon");
    assertThat(none.statusCode()).isEqualTo(422);
    assertThat(none.body()).contains("href=\"#mechanism\"", "href=\"#remedies_ended\"");
    assertThat(
            where(
                writing.post(
                    file + "/filing",
                    "mechanism",
                    "HUMAN_RIGHTS_COMMITTEE",
                    "remedies_ended",
                    "2021-07-01",
                    "other_ended",
                    "")))
        .isEqualTo(file);
    String one =
        writing.get(file).body().replaceAll("(?s).*href=\"(/desk/filings/[a-z2-7]{20,})\".*", "$1");
    assertThat(writing.get(one).body())
        .contains("File by", "July 1, 2026", "Nobody consented to this");
    HttpResponse<String> early =
        writing.post(one + "/step", "to", "CONSENT_CONFIRMED", "day", "2026-06-15", "text", "");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("Nobody has consented to a complaint to this body");
    assertThat(
            writing
                .post(
                    file + "/consent",
                    "giver",
                    "SELF",
                    "scopes",
                    "HUMAN_RIGHTS_COMMITTEE",
                    "given",
                    "2026-06-01",
                    "expires",
                    "",
                    "evidence",
                    "A letter")
                .statusCode())
        .isEqualTo(303);
    where(writing.post(one + "/step", "to", "CONSENT_CONFIRMED", "day", "2026-06-15", "text", ""));
    where(writing.post(one + "/step", "to", "FILED", "day", "2026-06-15", "text", ""));
    where(writing.post(one + "/note", "kind", "REFERENCE", "text", "Communication 4711"));
    where(writing.post(one + "/deadline", "due", "2026-07-01", "note", "Send the annex"));
    assertThat(writing.get(one).body()).contains("Communication 4711", "Send the annex", "Met");
    assertThat(writing.get("/desk").body()).contains("Dates of your cases", "due July 1, 2026");
    desk.hub.clock.advance(Duration.ofDays(20));
    TestDesk.Browser later = desk.signedIn(officer);
    assertThat(later.get("/desk/filings").body()).contains("overdue since July 1, 2026");
    String newest = "" + consent(file, later);
    where(later.post(file + "/revoke", "consent", newest, "reason", "She rang"));
    assertThat(later.get(one).body()).contains("The consent for this complaint does not hold now");
    assertThat(later.get(file).body()).contains("The consent for this complaint does not hold now");
  }

  private static long consent(String file, TestDesk.Browser browser) {
    return Pattern.compile("revoke\\?consent=([0-9]+)")
        .matcher(browser.get(file).body())
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .max()
        .orElse(0);
  }

  @Test
  void whoReadsCasesReadsFilingsAndTheTeamAloneReadsAllOfThem() {
    write(desk, officer, approver, true);
    String list = writing.get("/desk/filings").body();
    assertThat(list.indexOf("Human Rights Committee"))
        .isLessThan(list.indexOf("Arbitrary Detention"));
    String one = list.replaceAll("(?s).*?href=\"(/desk/filings/[a-z2-7]{20,})\".*", "$1");
    assertThat(writing.get(one).body()).contains("Ask counsel in", "Communication ", "Overdue");
    for (Role role : Role.values()) {
      TestDesk.Browser other =
          desk.signedIn(desk.staff(role.word() + "2@tocsin.example", role.word(), role));
      boolean reads =
          List.of(Role.CASE_OFFICER, Role.APPROVER, Role.RELEASE_OFFICER).contains(role);
      HttpResponse<String> page = other.get(one);
      assertThat(page.statusCode()).as(role.word()).isEqualTo(reads ? 200 : 403);
      assertThat(page.body().contains("Communication ")).as(role.word()).isEqualTo(reads);
      assertThat(page.body()).as(role.word()).doesNotContain("Ask counsel in");
      assertThat(other.get("/desk").body()).as(role.word()).doesNotContain("Dates of your cases");
      if (role == Role.CASE_OFFICER) {
        assertThat(other.get(one + "/step").statusCode()).isEqualTo(403);
        assertThat(other.post(one + "/note", "kind", "NOTE", "text", "x").statusCode())
            .isEqualTo(403);
        assertThat(other.post(one + "/confidential", "confidential", "true").statusCode())
            .isEqualTo(403);
      }
    }
    assertThat(writing.get("/desk/filings/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void whatEachBodyAsksForIsListed() {
    assertThat(writing.get("/desk/filings/mechanisms").body())
        .contains(
            "The government is to answer within 60 days",
            "File within 5 years of the last decision at home",
            "File within 3 years of the end of another international procedure",
            "File within 4 months",
            "Rule 39",
            "Strictly confidential",
            "104 EX/Decision 3.3");
  }
}
