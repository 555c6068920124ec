package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertState;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.developments.DevelopmentDraft;
import org.tocsin.filings.DemoFilings;
import org.tocsin.officials.DemoOfficials;
import org.tocsin.publications.Draft;

/**
 * Whatever is private is written down as read before its reader has it: by whom, what, and how
 * many; at the desk and by the API.
 */
class WhoReadsTest {
  private static final Map<String, String> PATHS = new HashMap<>();
  private static AlertDesk alerts;
  private static TestDesk desk;

  /** Reads cases, approves, and is of the case's team. */
  private static StaffMember reader;

  @BeforeAll
  static void start() {
    alerts = new AlertDesk();
    desk = alerts.desk;
    Features hub = desk.features;
    reader = desk.staff("reader@tocsin.example", "Reader", Role.CASE_OFFICER, Role.APPROVER);
    new DemoOfficials(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock)
        .write(alerts.officer.id(), alerts.words);
    new DemoFilings(
            hub.hub,
            hub.keyring.sealer(),
            hub.audit,
            hub.clock,
            hub.cases,
            hub.caseTeams,
            hub.consents,
            hub.languages)
        .write(alerts.officer.id());
    Demonstration.calls(hub, alerts.officer.id(), alerts.approver.id(), alerts.releaser.id());
    Alert alert = alerts.in(AlertState.IN_REVIEW);
    CaseId about = alert.chain().caseId().orElseThrow();
    hub.caseTeams.add(about, reader, alerts.officer.id(), alerts.words);
    CaseFile file = hub.cases.get(about);
    path("case", "cases", "case", about.value());
    path("alert", "alerts", "alert", alert.id().value());
    path(
        "call",
        "calls",
        "call",
        hub.calls.list(reader.id(), Long.MAX_VALUE, 1).getFirst().id().value());
    path(
        "official",
        "officials",
        "official",
        hub.officials.list(file.details().country()).getFirst().id().value());
    path(
        "filing",
        "filings",
        "filing",
        hub.filings.list(reader.id()).getFirst().filing().id().value());
    path(
        "development",
        "developments",
        "development",
        hub.developments
            .begin(
                about,
                new DevelopmentDraft(DevelopmentDraft.Kind.OTHER, "News", "She is well."),
                alerts.officer.id(),
                alerts.words)
            .value());
    var issue =
        hub.newsletters.create(
            new Draft("2026-06", "June", "", file.details().name(), List.of("newsletter")),
            alerts.officer.id(),
            alerts.words);
    hub.newsletters.submit(issue.id(), alerts.officer.id());
    path("newsletter", "newsletters", "newsletter", issue.id().value());
  }

  @AfterAll
  static void close() {
    alerts.close();
  }

  private static void path(String name, String area, String kind, long id) {
    PATHS.put("{" + name + "}", area + "/" + desk.features.keyring.ids().encode(kind, id));
  }

  private static String filled(String template) {
    String path = template;
    for (Map.Entry<String, String> one : PATHS.entrySet()) {
      path = path.replace(one.getKey(), one.getValue());
    }
    return path;
  }

  private static HttpResponse<String> ask(String how, String path, TestDesk.Browser browser) {
    return switch (how) {
      case "desk" -> browser.get("/desk/" + path);
      case "find" -> browser.post("/desk/" + path + "/find", "sought", "Justice", "country", "");
      default -> desk.api(reader, "/" + path);
    };
  }

  private static List<AuditEntry> entries(int after) {
    List<AuditEntry> all =
        desk.hub.audit.latest(new Audit.Filter("", "read", ""), Long.MAX_VALUE, 5_000).reversed();
    return all.subList(after, all.size());
  }

  @Test
  void howManyPlacesASearchShowedIsKeptFromWhoReadsNoCases() {
    desk.signedIn(reader).get(filled("/desk/{newsletter}"));
    StaffMember security = desk.staff("zofia@tocsin.example", "Zofia", Role.SECURITY_ADMIN);
    StaffMember both =
        desk.staff("both@tocsin.example", "Both", Role.SECURITY_ADMIN, Role.CASE_OFFICER);
    String page = "/desk/audit?action=read.leak_places";
    assertThat(desk.signedIn(security).get(page).body())
        .contains("newsletter:1")
        .doesNotContain("shown: ");
    assertThat(desk.signedIn(both).get(page).body()).contains("newsletter:1", "shown: ");
  }

  @ParameterizedTest
  @CsvSource({
    "desk, cases, read.cases cases many",
    "find, cases, read.case_search cases",
    "desk, {case}, read.case case:",
    "desk, {case}/edit, read.case case:",
    "desk, {case}/outreach, read.officials officials many",
    "desk, {case}/alerts/new, read.officials officials many",
    "desk, alerts, read.alerts alerts many",
    "desk, {alert}, read.alert alert:",
    "desk, {alert}/as/network, read.alert alert:",
    "desk, {alert}/edit, read.alert alert:",
    "desk, calls, read.calls calls many",
    "desk, {call}, read.call call:",
    "desk, {call}/as/volunteer, read.call call:",
    "desk, filings, read.filings filings many",
    "desk, {filing}, read.filing filing:",
    "desk, developments, read.developments developments many",
    "desk, {development}, read.development development:",
    "desk, {development}, read.leak_places development:",
    "desk, {newsletter}, read.leak_places newsletter: many",
    "desk, officials, read.officials officials many",
    "find, officials, read.official_search officials many",
    "desk, {official}, read.official official:",
    "desk, {official}/edit, read.official official:",
    "api, cases, read.cases cases many",
    "api, {case}, read.case case:",
    "api, {case}/alerts, read.case case:",
    "api, {alert}/updates, read.alert alert:",
    "api, alerts, read.alerts alerts many",
    "api, {alert}, read.alert alert:"
  })
  void whatIsPrivateIsWrittenDownBeforeItIsShown(String how, String template, String expected) {
    desk.hub.clock.advance(Duration.ofMinutes(10));
    while (desk.hub.audit.readingsRound()) {
      // so that the next reading is a first one
    }
    int before = entries(0).size();
    TestDesk.Browser browser = desk.signedIn(reader);
    String path = filled(template);
    HttpResponse<String> answer = ask(how, path, browser);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    assertThat(entries(before))
        .allSatisfy(
            entry -> {
              assertThat(entry.actor()).isEqualTo(reader.id().actor());
              assertThat(entry.toString()).doesNotContainIgnoringCase("justice");
            })
        .anySatisfy(
            entry -> {
              List<String> words = Arrays.asList(expected.split(" "));
              assertThat(entry.action()).isEqualTo(words.get(0));
              assertThat(entry.subject()).startsWith(words.get(1));
              Optional<String> many = words.stream().filter("many"::equals).findFirst();
              assertThat(entry.detail().contains("\"shown\":")).isEqualTo(many.isPresent());
            });

    desk.hub.hub.run("ALTER TABLE audit.disclosure RENAME TO elsewhere");
    try {
      HttpResponse<String> unwritten = ask(how, path, browser);
      assertThat(unwritten.statusCode()).as("what cannot be written down").isEqualTo(500);
    } finally {
      desk.hub.hub.run("ALTER TABLE audit.elsewhere RENAME TO disclosure");
    }
  }
}
