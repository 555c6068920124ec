package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.cases.ConsentDraft;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.EligibilityCheck;
import org.tocsin.cases.Note;
import org.tocsin.cases.Profession;
import org.tocsin.cases.SituationDraft;
import org.tocsin.cases.SituationWord;
import org.tocsin.cases.Source;
import org.tocsin.cases.SourceDraft;
import org.tocsin.cases.WorkState;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The desk's casework in a real browser. */
class CaseLooksTest {
  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final Messages words = desk.features.languages.in("en");
  private final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  private final StaffMember approver =
      desk.staff("approver@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    assertThat(Looks.walk(chromium, "cases-none", () -> empty())).isEmpty();
    CaseId bare = takenIn("Teodora Quillan-Abernethy of the Northern Observatory");
    CaseId ready = ready(takenIn("Ilyas Voren"));
    CaseId active = ready(takenIn("Marisela Ondarza"));
    desk.features.cases.move(active, version(active), WorkState.ACTIVE, "", approver.id(), words);
    assertThat(Looks.walk(chromium, "cases", () -> walk(bare, ready, active))).isEmpty();
  }

  private Map<String, Consumer<Page>> empty() {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("signed-in", page -> signIn(page, officer));
    walk.put("list", at("/desk/cases"));
    return walk;
  }

  private Map<String, Consumer<Page>> walk(CaseId bare, CaseId ready, CaseId active) {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("signed-in", page -> signIn(page, officer));
    walk.put("list", at("/desk/cases"));
    walk.put(
        "found",
        page -> {
          page.fill("#sought", "voren");
          page.click("main form button");
        });
    walk.put("new", at("/desk/cases/new"));
    walk.put("new-wrong", page -> page.click("main form button"));
    walk.put("bare", at(path(bare)));
    walk.put("ready", at(path(ready)));
    walk.put("active", at(path(active)));
    for (String form :
        new String[] {
          "edit", "situation", "check", "source", "risk", "note", "step", "consent", "team"
        }) {
      walk.put(form, at(path(active) + "/" + form));
    }
    walk.put(
        "consent-wrong",
        page -> {
          page.navigate(desk.url(path(active) + "/consent"));
          page.click("main form button");
        });
    walk.put("words", at(path(active) + "/development?kind=ACQUITTED"));
    walk.put(
        "words-wrong",
        page -> {
          page.fill("#title", "");
          page.fill("#text", "");
          page.click("main form[novalidate] button");
        });
    walk.put(
        "words-saved",
        page -> {
          page.fill("#title", "Dr Marisela Ondarza was acquitted");
          page.fill("#text", "She teaches again.");
          page.click("main form[novalidate] button");
        });
    walk.put("words-list", at("/desk/developments"));
    walk.put("revoke", at(path(active) + "/revoke?consent=1"));
    walk.put("confirm-own", at(path(ready) + "/confirm"));
    walk.put(
        "confirm",
        page -> {
          page.context().clearCookies();
          signIn(page, approver);
          page.navigate(desk.url(path(ready) + "/confirm"));
        });
    walk.put("not-own", at(path(bare)));
    walk.put(
        "words-barred",
        page -> {
          page.navigate(desk.url("/desk/developments"));
          page.click("main td a");
          page.click("form[action$='/clear'] button");
        });
    return walk;
  }

  private CaseId takenIn(String name) {
    CaseDetails details =
        new CaseDetails(
            name,
            "Also written in another way",
            "XN",
            Profession.SPECIALIST_PHYSICIAN,
            "Arrested at the hospital where the wounded of a protest were treated. No charge was"
                + " read out. The family was told on the third day.");
    return desk.features.cases.create(details, officer.id(), words).id();
  }

  private CaseId ready(CaseId id) {
    CaseRecords records = desk.features.caseRecords;
    desk.features.caseTeams.add(id, approver, officer.id(), words);
    desk.features.cases.move(id, version(id), WorkState.UNDER_REVIEW, "", officer.id(), words);
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      records.check(id, word, true, "Stated in the indictment", officer.id(), words);
    }
    LocalDate day = LocalDate.of(2026, 6, 1);
    for (Source.Kind kind : new Source.Kind[] {Source.Kind.FAMILY, Source.Kind.PRESS}) {
      records.addSource(
          id, new SourceDraft(kind, true, day, "Told us on the telephone"), officer.id(), words);
    }
    records.writeRiskNote(id, "The brother still lives in the town.", officer.id(), words);
    records.addNote(id, Note.Kind.LAWYER_CONTACT, "By post only.", officer.id(), words);
    records.addNote(id, Note.Kind.OPEN, "A hearing is expected.", officer.id(), words);
    situation(id, SituationWord.DETAINED, day, OptionalLong.empty());
    situation(
        id,
        SituationWord.IMPRISONED,
        day.plusDays(3),
        OptionalLong.of(records.situations(id).getFirst().id()));
    desk.features.consents.give(
        id,
        new ConsentDraft(
            Giver.FAMILY,
            Set.of(ConsentScope.CORRESPONDENTS_ALERT, ConsentScope.WGAD),
            day,
            Optional.of(day.plusYears(1)),
            "A letter"),
        officer.id(),
        words);
    return id;
  }

  private void situation(CaseId id, SituationWord word, LocalDate since, OptionalLong replaces) {
    SituationDraft draft = new SituationDraft(word, since, "Told by the prison", replaces);
    desk.features.caseRecords.addSituation(id, draft, officer.id(), words);
  }

  private int version(CaseId id) {
    return desk.features.cases.get(id).version();
  }

  private String path(CaseId id) {
    return "/desk/cases/" + desk.hub.keyring.ids().encode("case", id.value());
  }

  private Consumer<Page> at(String path) {
    return page -> page.navigate(desk.url(path));
  }

  private void signIn(Page page, StaffMember staff) {
    page.navigate(desk.url("/desk/sign-in/" + desk.features.signInLinks.print("system", staff)));
    page.click("main form button");
  }
}
