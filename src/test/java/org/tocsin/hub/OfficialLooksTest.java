package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Profession;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialDetails;
import org.tocsin.outreach.ContactDraft;
import org.tocsin.outreach.Way;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The desk's directory of officials, and outreach on a case's page, in a real browser. */
class OfficialLooksTest {
  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final Messages words = desk.features.languages.in("en");
  private final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    assertThat(Looks.walk(chromium, "officials-none", this::empty)).isEmpty();
    Official overdue =
        official("Minister of Justice", "XN", "ru", "Ваше Превосходительство!", "Dr A. Sorel");
    desk.hub.clock.advance(Duration.ofDays(100));
    Official fresh =
        official(
            "Director General of the Penitentiary Administration", "XQ", "ar", "صاحب المعالي،", "");
    Official retired = official("Ombudsperson", "XT", "es", "Excelencia:", "");
    desk.features.officials.retire(retired.id(), retired.version(), officer.id());
    CaseId id = caseWithOutreach(overdue);
    assertThat(Looks.walk(chromium, "officials", () -> walk(overdue, fresh, retired, id)))
        .isEmpty();
  }

  private Official official(
      String office, String country, String language, String salutation, String holder) {
    return desk.features.officials.create(
        new OfficialDetails(
            office,
            holder,
            "Ministry of Justice",
            country,
            "3 Independence Square\n10100 Velmora",
            "office.of.the.minister@justice.norvania.example",
            language,
            salutation,
            "Your Excellency,"),
        officer.id(),
        words);
  }

  private CaseId caseWithOutreach(Official official) {
    CaseId id =
        desk.features
            .cases
            .create(
                new CaseDetails("Ilyas Voren", "", "XN", Profession.PHYSICIAN, "Arrested at work."),
                officer.id(),
                words)
            .id();
    LocalDate day = LocalDate.of(2026, 6, 1);
    for (Way way : new Way[] {Way.LETTER, Way.CALL}) {
      desk.features.outreach.add(
          id,
          new ContactDraft(official.id(), way, day, "Asked for a visit by a physician."),
          officer.id(),
          words);
    }
    desk.features.outreach.addReply(
        id,
        desk.features.outreach.contacts(id).getFirst().id(),
        day.plusDays(9),
        "The office will look into the matter.",
        officer.id(),
        words);
    return id;
  }

  private Map<String, Consumer<Page>> empty() {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("signed-in", this::signIn);
    walk.put("list", at("/desk/officials"));
    return walk;
  }

  private Map<String, Consumer<Page>> walk(
      Official overdue, Official fresh, Official retired, CaseId id) {
    String file = "/desk/cases/" + desk.hub.keyring.ids().encode("case", id.value());
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("signed-in", this::signIn);
    walk.put("list", at("/desk/officials"));
    walk.put(
        "found",
        page -> {
          page.fill("#sought", "minister");
          page.click("main form button");
        });
    walk.put("new", at("/desk/officials/new"));
    walk.put("new-wrong", page -> page.click("main form button"));
    walk.put("overdue", at(path(overdue)));
    walk.put("fresh", at(path(fresh)));
    walk.put("retired", at(path(retired)));
    walk.put("edit", at(path(fresh) + "/edit"));
    walk.put("case", at(file));
    walk.put("contact", at(file + "/outreach"));
    walk.put(
        "contact-wrong",
        page -> {
          page.fill("#made_on", "soon");
          page.click("main form button");
        });
    walk.put("reply", at(file + "/reply?contact=1"));
    return walk;
  }

  private String path(Official official) {
    return "/desk/officials/" + desk.hub.keyring.ids().encode("official", official.id().value());
  }

  private Consumer<Page> at(String path) {
    return page -> page.navigate(desk.url(path));
  }

  private void signIn(Page page) {
    page.navigate(desk.url("/desk/sign-in/" + desk.features.signInLinks.print("system", officer)));
    page.click("main form button");
  }
}
