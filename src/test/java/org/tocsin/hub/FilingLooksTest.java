package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The desk's complaints in a real browser. */
class FilingLooksTest {
  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
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
    FilingDeskTest.write(desk, officer, approver, true);
    assertThat(Looks.walk(chromium, "filings", this::walk)).isEmpty();
  }

  private Map<String, Consumer<Page>> walk() {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("inbox", this::signIn);
    walk.put("list", page -> page.navigate(desk.url("/desk/filings")));
    walk.put("one", page -> page.click("td.lead-cell a >> nth=0"));
    walk.put("step", page -> page.click(".title a.button >> nth=1"));
    walk.put(
        "step-wrong",
        page -> {
          page.fill("#day", "yesterday");
          page.click("main form button");
        });
    walk.put("deadline", page -> navigate(page, "/deadline"));
    walk.put("note", page -> navigate(page, "/note"));
    walk.put(
        "confidential",
        page -> {
          page.navigate(desk.url("/desk/filings"));
          page.click("td.lead-cell a >> nth=2");
        });
    walk.put("case", page -> page.click(".crumb a >> nth=0"));
    walk.put("new", page -> page.click("section[aria-labelledby=filings-title] > p a"));
    walk.put("new-wrong", page -> page.click("main form button"));
    walk.put("mechanisms", page -> page.navigate(desk.url("/desk/filings/mechanisms")));
    return walk;
  }

  /** Another form of the filing whose form is open. */
  private static void navigate(Page page, String form) {
    String url = page.url();
    page.navigate(url.substring(0, url.lastIndexOf('/')) + form);
  }

  private void signIn(Page page) {
    page.navigate(desk.url("/desk/sign-in/" + desk.features.signInLinks.print("system", officer)));
    page.click("main form button");
  }
}
