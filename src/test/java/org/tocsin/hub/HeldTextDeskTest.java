package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditExport;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.Profession;
import org.tocsin.cases.WorkState;

/** A newsletter that names somebody: who sees what of it on the desk, and who lets it go on. */
class HeldTextDeskTest {
  private static final String TEXT = "Our colleague Ilyas *Voren* is well. Vorenskaya is not.";

  private final TestDesk desk = new TestDesk();
  private final StaffMember officer =
      desk.staff("o@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  private final TestDesk.Browser editor =
      desk.signedIn(desk.staff("e@tocsin.example", "Ed Itor", Role.NEWSLETTER_EDITOR));
  private final TestDesk.Browser approver =
      desk.signedIn(desk.staff("a@tocsin.example", "Ap Prover", Role.APPROVER));
  private final CaseFile file =
      desk.features.cases.create(
          new CaseDetails(
              "Ilyas Voren", "Elias", "XN", Profession.PHYSICIAN, "Arrested at the hospital"),
          officer.id(),
          desk.features.languages.in("en"));

  @AfterEach
  void close() {
    desk.close();
  }

  private String submitted(String month, String text) {
    HttpResponse<String> created =
        editor.post(
            "/desk/newsletters",
            "month",
            month,
            "subject",
            "News",
            "body_markdown",
            text,
            "topics",
            "newsletter");
    String page = created.headers().firstValue("Location").orElseThrow();
    assertThat(editor.post(page + "/submit").statusCode()).isEqualTo(303);
    return page;
  }

  private static String hidden(String page, String name) {
    Matcher value = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
    assertThat(value.find()).as(name).isTrue();
    return value.group(1);
  }

  @Test
  void whatIsFoundStandsOnTheApproversPageAlone() {
    String page = submitted("2026-06", TEXT);
    for (Role role : Role.values()) {
      TestDesk.Browser reader =
          role == Role.NEWSLETTER_EDITOR
              ? editor
              : desk.signedIn(desk.staff(role.word() + "2@tocsin.example", role.word(), role));
      String shown = reader.get(page).body();
      for (String tells :
          List.of("<mark>", file.reference().text(), "tell of a case", "Look before you approve")) {
        assertThat(shown.contains(tells))
            .as(role.word() + " " + tells)
            .isEqualTo(role == Role.APPROVER);
      }
    }
    HttpResponse<String> own = editor.post(page + "/approve", "hash", "0".repeat(64));
    assertThat(own.statusCode()).isEqualTo(403);
  }

  @Test
  void aTextThatNamesNobodyLooksToItsEditorLikeAnyOther() {
    String page = submitted("2026-06", "Somebody is well.");
    String seen = approver.get(page).body();
    assertThat(seen).doesNotContain("may tell of a case", "might tell of a case");
    assertThat(approver.post(page + "/approve", "hash", hidden(seen, "hash")).statusCode())
        .isEqualTo(303);
  }

  @Test
  void whoeverApprovesLooksFirst() {
    String page = submitted("2026-06", TEXT);
    String seen = approver.get(page).body();
    assertThat(seen).contains("<mark>Ilyas *Voren</mark>", file.reference().text());
    String hash = hidden(seen, "hash");
    HttpResponse<String> early = approver.post(page + "/approve", "hash", hash);
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("There is more in this text to look at");
    String places = hidden(seen, "places");
    HttpResponse<String> unticked =
        approver.post(page + "/approve", "hash", hash, "places", places);
    assertThat(unticked.statusCode()).isEqualTo(422);
    assertThat(unticked.body()).contains("Tick the box");
    HttpResponse<String> looked =
        approver.post(page + "/approve", "hash", hash, "places", places, "looked", "true");
    assertThat(looked.statusCode()).isEqualTo(303);
  }

  @Test
  void theReferenceOfASealedCaseIsShownToItsTeamAlone() {
    var words = desk.features.languages.in("en");
    StaffMember both = desk.staff("b@tocsin.example", "Bo Both", Role.CASE_OFFICER, Role.APPROVER);
    CaseFile sealed =
        desk.features.cases.create(
            new CaseDetails("Mirela Dossin", "", "XN", Profession.PHYSICIAN, "Not ours"),
            both.id(),
            words);
    desk.features.cases.move(
        sealed.id(), sealed.version(), WorkState.DECLINED, "Not ours", both.id(), words);
    desk.features.cases.move(
        sealed.id(), sealed.version() + 1, WorkState.SEALED, "", both.id(), words);
    String page = submitted("2026-06", "Mirela Dossin is well.");
    assertThat(approver.get(page).body())
        .contains("<mark>", "a case that is not open to you")
        .doesNotContain(sealed.reference().text());
    assertThat(desk.signedIn(both).get(page).body()).contains(sealed.reference().text());
  }

  @Test
  void onePartOfANameIsShownAndHoldsNothingUp() {
    String page = submitted("2026-06", "Elias is a common name, and so is Voren.");
    String seen = approver.get(page).body();
    assertThat(seen).contains("might tell of a case", "<mark>Elias</mark>", "<mark>Voren</mark>");
    assertThat(approver.post(page + "/approve", "hash", hidden(seen, "hash")).statusCode())
        .isEqualTo(303);
  }

  /** Earlier versions wrote down which texts were held. */
  @Test
  void whatAnEarlierVersionWroteDownIsShownToNobodyWithoutCases() {
    String page = submitted("2026-06", TEXT);
    String subject = desk.features.newsletters.list("", 1).getFirst().id().subject();
    for (String action : List.of("newsletter.held", "newsletter.cleared")) {
      desk.hub.hub.inTransaction(tx -> desk.features.audit.record(tx, "system", action, subject));
    }
    for (Role role : Role.values()) {
      boolean cases = Permission.READ_CASES.roles().contains(role);
      StaffMember somebody = desk.staff(role.word() + "3@tocsin.example", role.word(), role);
      TestDesk.Browser reader = desk.signedIn(somebody);
      List<String> shown =
          List.of(
              reader.get(page).body(),
              reader.get("/desk/audit").body(),
              reader.get("/desk/audit?action=newsletter.cleared&subject=" + subject).body(),
              exported(somebody));
      assertThat(String.join("", shown))
          .as(role.word())
          .matches(all -> cases == TOLD.matcher(all).find());
      assertThat(TOLD.matcher(shown.getLast()).find()).as("the export").isEqualTo(cases);
    }
  }

  private static final Pattern TOLD =
      Pattern.compile("(<td>|</strong> |,newsletter.)(held|cleared)|<td>newsletter.(held|cleared)");

  private String exported(StaffMember who) {
    StringWriter csv = new StringWriter();
    try {
      new AuditExport(desk.hub.hub, desk.features.audit)
          .write(who.id().actor(), Audit.Filter.ALL, who.sight(), csv);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return csv.toString();
  }

  private static final String PRIVATE = "Ilyas Voren";
  private static final String INNOCENT = "Amara Lenko";

  /**
   * Everything that somebody without cases sees of a text with this name, from draft to the end.
   */
  private static final class Onlooker implements AutoCloseable {
    private final String name;
    private final TestDesk desk = new TestDesk();
    private final List<String> seen = new ArrayList<>();
    private final TestDesk.Browser editor;
    private final TestDesk.Browser approver;
    private final Map<Role, TestDesk.Browser> others = new EnumMap<>(Role.class);

    Onlooker(String name) {
      this.name = name;
      StaffMember officer = desk.staff("o@tocsin.example", "Ines", Role.CASE_OFFICER);
      desk.features.cases.create(
          new CaseDetails(PRIVATE, "", "XN", Profession.PHYSICIAN, "Arrested at the hospital"),
          officer.id(),
          desk.features.languages.in("en"));
      editor = desk.signedIn(desk.staff("e@tocsin.example", "Ed Itor", Role.NEWSLETTER_EDITOR));
      approver = desk.signedIn(desk.staff("a@tocsin.example", "Ap Prover", Role.APPROVER));
      for (Role role : Role.values()) {
        if (!Permission.READ_CASES.roles().contains(role)) {
          others.put(
              role, desk.signedIn(desk.staff(role.word() + "2@tocsin.example", role.word(), role)));
        }
      }
    }

    /** Numbers, marks and times are each hub's own; the names are as long as each other. */
    private void saw(String what, HttpResponse<String> answer) {
      String headers =
          answer.headers().map().entrySet().stream()
              .filter(header -> !header.getKey().equalsIgnoreCase("set-cookie"))
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining("\n"));
      String body = answer.body();
      seen.add(
          (what + "\n" + answer.statusCode() + "\n" + headers + "\n" + body.length() + "\n" + body)
              .replace(name, PRIVATE)
              .replaceAll("(csrf\" value=\")[^\"]*", "$1")
              .replaceAll("/desk/(newsletters|broadcasts)/[A-Za-z0-9_-]{10,}", "/desk/$1/…")
              .replaceAll("[0-9a-f]{64}", "…")
              .replaceAll("(class=\"mono\"[^>]*>)[0-9a-f …]+", "$1")
              .replaceAll("\\?v=[0-9]+", "?v=…")
              // When the database's own clock made a broadcast; the test's clock has no fractions.
              .replaceAll("datetime=\"[^\"]*[.][0-9]+Z\" title=\"[^\"]*\"", "datetime"));
    }

    private void lookAround(String page) {
      Map<Role, TestDesk.Browser> all = new EnumMap<>(others);
      all.put(Role.NEWSLETTER_EDITOR, editor);
      all.forEach(
          (role, browser) -> {
            for (String path :
                List.of(
                    page,
                    page + "/letter?letter=en",
                    page + "/edit",
                    page + "/release",
                    "/desk",
                    "/desk/newsletters",
                    "/desk/broadcasts",
                    "/desk/audit",
                    "/desk/audit?action=newsletter.held")) {
              saw(role + " " + path.replace(page, "page"), browser.get(path));
            }
            saw(role + " approves", browser.post(page + "/approve", "hash", "0".repeat(64)));
            saw(role + " clears", browser.post(page + "/clear", "looked", "true"));
          });
    }

    private static String[] fields(String month, String text, String version) {
      return new String[] {
        "month",
        month,
        "subject",
        "News of " + text,
        "preheader",
        text,
        "body_markdown",
        "Our colleague " + text + " is well.",
        "topics",
        "newsletter",
        "version",
        version
      };
    }

    private void oneLife(String month) {
      saw("preview", editor.post("/desk/newsletters/preview", fields(month, name, "0")));
      saw("sketch", editor.get("/desk/newsletters/preview/letter"));
      HttpResponse<String> created = editor.post("/desk/newsletters", fields(month, name, "0"));
      String page = created.headers().firstValue("Location").orElseThrow();
      saw("early release", editor.post(page + "/release", "when", "now"));
      for (boolean returned : new boolean[] {true, false}) {
        saw("submit", editor.post(page + "/submit"));
        saw("submit again", editor.post(page + "/submit"));
        lookAround(page);
        while (desk.features.newsletters.lookThrough()) {
          lookAround(page);
        }
        String shown = approver.get(page).body();
        boolean held = shown.contains("name=\"places\"");
        assertThat(held).isEqualTo(name.equals(PRIVATE));
        if (held) {
          approver.post(page + "/approve", "hash", hidden(shown, "hash"));
        }
        if (returned) {
          approver.post(page + "/reject", "reason", "Shorter, please");
        } else {
          approver.post(
              page + "/approve",
              "hash",
              hidden(shown, "hash"),
              "places",
              held ? hidden(shown, "places") : "",
              "looked",
              "true");
        }
        lookAround(page);
      }
      saw("release", editor.post(page + "/release", "when", "now"));
      lookAround(page);
    }

    @Override
    public void close() {
      desk.close();
    }
  }

  @Test
  void nobodyWithoutCasesCanTellAHeldTextFromAnyOther() {
    try (Onlooker one = new Onlooker(PRIVATE);
        Onlooker other = new Onlooker(INNOCENT)) {
      one.oneLife("2026-07");
      other.oneLife("2026-07");
      assertThat(one.seen).hasSizeGreaterThan(300);
      for (int i = 0; i < one.seen.size(); i++) {
        assertThat(one.seen.get(i)).isEqualTo(other.seen.get(i));
      }
      assertThat(one.seen).hasSameSizeAs(other.seen);
    }
  }
}
