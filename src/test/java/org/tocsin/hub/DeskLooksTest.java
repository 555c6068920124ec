package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.AUDITOR;
import static org.tocsin.access.Role.INTEGRATION_ADMIN;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;
import static org.tocsin.access.Role.RELEASE_OFFICER;
import static org.tocsin.access.Role.SECURITY_ADMIN;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffMember;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The desk's own pages in a real browser: readable for all, at every width, in light and dark. */
class DeskLooksTest {
  private static final String PASSWORD = "a bell that rings at night";

  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    StaffMember root =
        desk.staff("zofia.haddad@tocsin.example", "Zofia Haddad", SECURITY_ADMIN, AUDITOR);
    desk.features.staff.setPassword("system", root, PASSWORD);
    StaffMember ada =
        desk.staff(
            "oleksandr.wojcik-and-a-very-long-name@committee.tocsin.example",
            "Oleksandr Wójcik",
            APPROVER,
            NEWSLETTER_EDITOR,
            RELEASE_OFFICER);
    StaffMember left = desk.staff("quynh@tocsin.example", "Quynh Eriksson", INTEGRATION_ADMIN);
    desk.features.apiTokens.create("system", ada, "newsletter import", Set.of(APPROVER));
    desk.features.apiTokens.create("system", root, "laptop", Set.of());
    desk.features.staff.changeRoles("system", ada.id(), Set.of(APPROVER, AUDITOR));
    desk.features.staff.end(root.id().actor(), left.id());

    assertThat(
            Looks.walk(
                chromium,
                "desk",
                () ->
                    walk(
                        root,
                        ada,
                        "/desk/sign-in/" + desk.features.signInLinks.print("system", root))))
        .isEmpty();
  }

  private Map<String, Consumer<Page>> walk(StaffMember root, StaffMember ada, String link) {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("sign-in", page -> page.navigate(desk.url("/desk/sign-in")));
    walk.put(
        "sign-in-wrong",
        page -> {
          page.fill("#email", root.email());
          page.click("form[action='/desk/sign-in'] button");
        });
    walk.put(
        "sign-in-sent",
        page -> {
          page.fill("#link-email", "nobody@tocsin.example");
          page.click("form[action='/desk/sign-in/link'] button");
        });
    walk.put("link", page -> page.navigate(desk.url(link)));
    walk.put("link-over", page -> page.navigate(desk.url("/desk/sign-in/over")));
    walk.put(
        "account",
        page -> {
          page.navigate(desk.url("/desk/sign-in"));
          page.fill("#email", root.email());
          page.fill("#password", PASSWORD);
          page.keyboard().press("Enter");
          page.waitForURL(desk.url("/desk"));
          page.navigate(desk.url("/desk/account"));
        });
    walk.put("account-wrong", page -> page.click("text=Set password"));
    walk.put("staff", page -> page.navigate(desk.url("/desk/staff")));
    walk.put("staff-new", page -> page.navigate(desk.url("/desk/staff/new")));
    walk.put("staff-new-wrong", page -> page.click("text=Add to the staff"));
    walk.put("staff-one", page -> page.navigate(desk.url("/desk/staff/" + ada.id().value())));
    walk.put(
        "staff-end", page -> page.navigate(desk.url("/desk/staff/" + ada.id().value() + "/end")));
    walk.put("audit", page -> page.navigate(desk.url("/desk/audit")));
    walk.put("audit-verified", page -> page.click("text=Check the whole audit"));
    walk.put("roles", page -> page.navigate(desk.url("/desk/roles")));
    return walk;
  }
}
