package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffMember;
import org.tocsin.correspondents.ApplicationForm;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** Applying, the portal and the desk's members in a real browser. */
class MemberLooksTest {
  /** The first of the demonstration's members, who is a correspondent. */
  private static final String MEMBER = "alma.ambrodahl@nas-fellows.example";

  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final Letters letters = new Letters(desk);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  private void apply(String name, String email) {
    desk.features.applications.apply(
        ApplicationForm.of(
            name, email, "NAM", "en", desk.features.languages, desk.features.languages.in("en")),
        SourceNetwork.of("192.0.2.1"));
    work();
  }

  private void work() {
    while (desk.features.applicationClerk.round()) {
      // one a round
    }
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    new DemoMembers(desk.features).write();
    desk.features.rosterImport.run(
        "system",
        """
        name,email,academy,section,year
        Kim Lee,kim@one.example,NAM,Surgery,1999
        Kim Lee,k.lee@a-rather-long-name-of-a-university.example,NAM,Botany,2001
        """);
    apply("Kim Lee", "kim.lee-with-a-long-name@mail.uni-north.example");
    desk.features.applicationLinks.prove(
        letters.link("application_proof").substring("/correspondents/application/".length()),
        "",
        java.util.Optional.empty());
    work();
    apply("Somebody Else", "somebody@home.example");
    StaffMember officer = desk.staff("officer@tocsin.example", "Zofia Haddad", MEMBERSHIP_OFFICER);
    assertThat(
            Looks.walk(
                chromium,
                "members",
                () -> {
                  // Each walk asks for a link and uses a proof of its own.
                  desk.hub.clock.advance(Duration.ofMinutes(20));
                  return walk(
                      "/desk/sign-in/" + desk.features.signInLinks.print("system", officer));
                }))
        .isEmpty();
  }

  private Map<String, Consumer<Page>> walk(String signIn) {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("apply", page -> page.navigate(desk.url("/correspondents/apply")));
    walk.put("apply-wrong", page -> page.click("main form button"));
    walk.put(
        "apply-done",
        page -> {
          page.fill("#name", "Quynh Eriksson");
          page.fill("#email", "quynh@science-park.example");
          page.check("input[value=NAE]");
          page.click("main form button");
        });
    walk.put("proof", page -> page.navigate(desk.url(letters.link("application_proof"))));
    walk.put("proof-over", page -> page.navigate(desk.url("/correspondents/application/nonsense")));
    walk.put("vouch-over", page -> page.navigate(desk.url("/correspondents/vouch/nonsense")));
    walk.put("door", page -> page.navigate(desk.url("/portal/sign-in")));
    walk.put(
        "door-sent",
        page -> {
          page.fill("#email", MEMBER);
          page.click("main form button");
          desk.features.portalLinks.round();
        });
    walk.put("door-link", page -> page.navigate(desk.url(letters.link("portal_link"))));
    walk.put("portal", page -> page.click("main form button"));
    walk.put("preferences", page -> page.navigate(desk.url("/portal/preferences")));
    walk.put(
        "preferences-wrong",
        page -> {
          page.fill("#countries", "Norvania");
          page.click("main form button");
        });
    walk.put("address", page -> page.navigate(desk.url("/portal/address")));
    walk.put(
        "address-wrong",
        page -> {
          page.fill("#email", "a@@b");
          page.click("main form button");
        });
    walk.put("leave", page -> page.navigate(desk.url("/portal/leave")));
    walk.put("leave-wrong", page -> page.click("main form button"));
    walk.put("door-over", page -> page.navigate(desk.url("/portal/sign-in/nonsense")));
    walk.put(
        "desk",
        page -> {
          page.navigate(desk.url(signIn));
          page.click("main form button");
          page.navigate(desk.url("/desk/members"));
        });
    walk.put("desk-one", page -> page.navigate(desk.url("/desk/members/1")));
    walk.put("desk-one-open", page -> page.click(".title button"));
    walk.put("desk-end", page -> page.navigate(desk.url("/desk/members/1/end")));
    walk.put("desk-erase", page -> page.navigate(desk.url("/desk/members/1/erase")));
    walk.put("desk-erase-wrong", page -> page.click("main form button"));
    walk.put("desk-new", page -> page.navigate(desk.url("/desk/members/new")));
    walk.put("desk-new-wrong", page -> page.click("main form button"));
    walk.put("desk-applications", page -> page.navigate(desk.url("/desk/members/applications")));
    walk.put("desk-application", page -> page.click("td form button"));
    walk.put("desk-roster", page -> page.navigate(desk.url("/desk/members/roster")));
    walk.put(
        "desk-roster-result",
        page -> {
          page.fill("#rows", "name,email,academy,section,year\nBo,bo@,NAE,,2000\n");
          page.click("main form button");
        });
    return walk;
  }
}
