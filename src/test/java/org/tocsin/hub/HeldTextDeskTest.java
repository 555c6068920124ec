package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
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

  /** The letter itself aside: it stands on the page in its frozen form. */
  private static String around(String page) {
    return page.replaceAll("(?s)<pre.*?</pre>", "");
  }

  @Test
  void theEditorHearsThatItIsHeldAndNothingElse() {
    String page = submitted("2026-06", TEXT);
    for (Role role : Role.values()) {
      TestDesk.Browser reader =
          role == Role.NEWSLETTER_EDITOR
              ? editor
              : desk.signedIn(desk.staff(role.word() + "2@tocsin.example", role.word(), role));
      String shown = around(reader.get(page).body());
      assertThat(shown).as(role.word()).contains("Held for review");
      boolean reads =
          List.of(Role.CASE_OFFICER, Role.APPROVER, Role.RELEASE_OFFICER).contains(role);
      for (String tells :
          List.of("<mark>", "Voren", file.reference().text(), "may tell of a case")) {
        assertThat(shown.contains(tells)).as(role.word() + " " + tells).isEqualTo(reads);
      }
      HttpResponse<String> cleared =
          reads ? reader.get(page) : reader.post(page + "/clear", "looked", "true");
      assertThat(cleared.statusCode()).as(role.word()).isEqualTo(reads ? 200 : 403);
    }
    HttpResponse<String> own = editor.post(page + "/approve", "hash", "0".repeat(64));
    assertThat(own.statusCode()).isEqualTo(403);
  }

  @Test
  void aTextThatNamesNobodyLooksToItsEditorLikeAnyOther() {
    String page = submitted("2026-06", "Somebody is well.");
    assertThat(editor.get(page).body()).doesNotContain("Held for review");
    String seen = approver.get(page).body();
    assertThat(seen).doesNotContain("may tell of a case", "might tell of a case");
    assertThat(approver.post(page + "/approve", "hash", hidden(seen, "hash")).statusCode())
        .isEqualTo(303);
  }

  @Test
  void whoMayReadCasesLooksAndTheTextGoesOn() {
    String page = submitted("2026-06", TEXT);
    String seen = approver.get(page).body();
    assertThat(seen)
        .contains("<mark>Ilyas *Voren</mark>", file.reference().text())
        .doesNotContain(page + "/approve\"");
    String hash = hidden(seen, "hash");
    HttpResponse<String> early = approver.post(page + "/approve", "hash", hash);
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("This text is held for review");
    String places = hidden(seen, "places");
    HttpResponse<String> unticked = approver.post(page + "/clear", "hash", hash, "places", places);
    assertThat(unticked.statusCode()).isEqualTo(422);
    assertThat(unticked.body()).contains("Tick the box");
    assertThat(
            approver
                .post(page + "/clear", "hash", hash, "places", places, "looked", "true")
                .statusCode())
        .isEqualTo(303);
    assertThat(editor.get(page).body()).doesNotContain("Held for review");
    assertThat(approver.post(page + "/approve", "hash", hash).statusCode()).isEqualTo(303);
  }

  @Test
  void aClearedTextThatIsEditedIsHeldAgain() {
    String page = submitted("2026-06", TEXT);
    String seen = approver.get(page).body();
    approver.post(
        page + "/clear",
        "hash",
        hidden(seen, "hash"),
        "places",
        hidden(seen, "places"),
        "looked",
        "true");
    assertThat(editor.get(page).body()).doesNotContain("Held for review");
    String form = editor.get(page + "/edit").body();
    editor.post(
        page,
        "month",
        "2026-06",
        "subject",
        "News",
        "body_markdown",
        TEXT + " Truly.",
        "topics",
        "newsletter",
        "version",
        hidden(form, "version"));
    editor.post(page + "/submit");
    assertThat(editor.get(page).body()).contains("Held for review");
  }

  @Test
  void theReferenceOfASealedCaseIsShownToItsTeamAlone() {
    var words = desk.features.languages.in("en");
    desk.features.cases.move(
        file.id(), file.version(), WorkState.DECLINED, "Not ours", officer.id(), words);
    desk.features.cases.move(
        file.id(), file.version() + 1, WorkState.SEALED, "", officer.id(), words);
    String page = submitted("2026-06", TEXT);
    assertThat(approver.get(page).body())
        .contains("<mark>", "a case that is not open to you")
        .doesNotContain(file.reference().text());
    assertThat(desk.signedIn(officer).get(page).body()).contains(file.reference().text());
  }

  @Test
  void onePartOfANameIsShownAndHoldsNothingUp() {
    String page = submitted("2026-06", "Elias is a common name, and so is Voren.");
    assertThat(editor.get(page).body()).doesNotContain("Held for review");
    String seen = approver.get(page).body();
    assertThat(seen).contains("might tell of a case", "<mark>Elias</mark>", "<mark>Voren</mark>");
    assertThat(approver.post(page + "/approve", "hash", hidden(seen, "hash")).statusCode())
        .isEqualTo(303);
  }
}
