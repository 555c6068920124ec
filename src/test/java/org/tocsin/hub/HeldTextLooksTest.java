package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.Profession;
import org.tocsin.publications.Draft;
import org.tocsin.publications.NewsletterId;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** A newsletter that is held, in a real browser, to its editor and to its approver. */
class HeldTextLooksTest {
  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  private final StaffMember editor =
      desk.staff("editor@tocsin.example", "Ed Itor", Role.NEWSLETTER_EDITOR);
  private final StaffMember approver =
      desk.staff("approver@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    desk.features.cases.create(
        new CaseDetails("Ilyas Voren", "Elias", "XN", Profession.PHYSICIAN, "Arrested at work"),
        officer.id(),
        desk.features.languages.in("en"));
    String held =
        submitted("2026-05", "Our colleague Ilyas Voren is well. His friend Elias sends word.");
    String possible = submitted("2026-06", "A certain Voren sends word from Norvania.");
    assertThat(
            Looks.walk(
                chromium,
                "held",
                () -> {
                  Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
                  walk.put("editor-signed-in", page -> signIn(page, editor));
                  walk.put("editor", page -> page.navigate(desk.url(held)));
                  walk.put("approver-signed-in", page -> signIn(page, approver));
                  walk.put("approver", page -> page.navigate(desk.url(held)));
                  walk.put("unticked", page -> page.click("#decision button"));
                  walk.put("possible", page -> page.navigate(desk.url(possible)));
                  return walk;
                }))
        .isEmpty();
  }

  private String submitted(String month, String text) {
    Draft draft = new Draft(month, "News of " + month, "", text, List.of("newsletter"));
    NewsletterId id =
        desk.features.newsletters.create(draft, editor.id(), desk.features.languages.in("en")).id();
    desk.features.newsletters.submit(id, editor.id());
    return "/desk/newsletters/" + desk.hub.keyring.ids().encode("newsletter", id.value());
  }

  private void signIn(Page page, StaffMember staff) {
    page.context().clearCookies();
    page.navigate(desk.url("/desk/sign-in/" + desk.features.signInLinks.print("system", staff)));
    page.click("main form button");
  }
}
