package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.calls.Call;
import org.tocsin.calls.CloseReason;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** Calls for volunteers in a real browser, at the desk and in the portal. */
class CallLooksTest {
  private static final String MEMBER = "vera@clinic.example";

  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final CallScene scene = new CallScene(desk);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  @Test
  void everyPageOfTheDeskIsAccessibleAndFitsTheWindow() {
    StaffMember all =
        desk.staff(
            "all@tocsin.example",
            "Oleksandra Castellanos-Wójcik",
            Role.CASE_OFFICER,
            Role.APPROVER,
            Role.RELEASE_OFFICER);
    assertThat(Looks.walk(chromium, "calls-none", () -> Map.of("list", page -> signIn(page, all))))
        .isEmpty();
    Member vera = scene.enrol(Circle.VOLUNTEER, "Vera Vogel", MEMBER, "interpreting");
    Member tilo =
        scene.enrol(
            Circle.VOLUNTEER, "Tilo Timm", "tilo.timm@clinic.example", "physical-evaluation");
    Call open = scene.released();
    scene.answer(vera, open, true, "By the night train.\nI speak Arabic.");
    scene.answer(tilo, open, false, "");
    Call closed = scene.released(scene.created(scene.draft("Closed", 1, "training")));
    desk.features.calls.close(closed.id(), CloseReason.FOUND, scene.officer.id());
    Call approved = scene.approved(scene.created());
    Call review = scene.created(scene.draft("A second opinion, in Exampleton", 1, "training"));
    desk.features.calls.submit(review.id(), scene.officer.id());
    Call back = scene.created();
    desk.features.calls.submit(back.id(), scene.officer.id());
    desk.features.calls.reject(
        back.id(), scene.approver.id(), "Say which day.", desk.features.languages.in("en"));
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("list", page -> signIn(page, all));
    walk.put("open", page -> page.navigate(desk.url(scene.deskPath(open))));
    walk.put("answers", page -> page.click("form[action$='/answers'] button"));
    walk.put("close", page -> page.navigate(desk.url(scene.deskPath(open) + "/close")));
    walk.put("close-wrong", page -> page.click("main form button"));
    walk.put("closed", page -> page.navigate(desk.url(scene.deskPath(closed))));
    walk.put("review", page -> page.navigate(desk.url(scene.deskPath(review))));
    walk.put("release", page -> page.navigate(desk.url(scene.deskPath(approved) + "/release")));
    walk.put("returned", page -> page.navigate(desk.url(scene.deskPath(back))));
    walk.put("edit", page -> page.navigate(desk.url(scene.deskPath(review) + "/edit")));
    walk.put("new", page -> page.navigate(desk.url("/desk/calls/new")));
    walk.put("new-wrong", page -> page.click("main form button"));
    assertThat(Looks.walk(chromium, "calls", () -> walk)).isEmpty();
  }

  private void signIn(Page page, StaffMember who) {
    page.navigate(desk.url("/desk/sign-in/" + desk.features.signInLinks.print("system", who)));
    page.click("main form button");
    page.navigate(desk.url("/desk/calls"));
  }

  @Test
  void everyPageOfThePortalIsAccessibleAndFitsTheWindow() {
    scene.enrol(Circle.VOLUNTEER, "Vera Vogel", MEMBER, "interpreting", "physical-evaluation");
    Member one = scene.enrol(Circle.VOLUNTEER, "One", "one@clinic.example", "interpreting");
    Call closed = scene.released();
    desk.features.calls.close(closed.id(), CloseReason.NOT_NEEDED, scene.officer.id());
    Call filled = scene.released(scene.created(scene.draft("A doctor", 1, "interpreting")));
    scene.answer(one, filled, true, "");
    Call open = scene.released();
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("open", page -> enter(page, open));
    walk.put(
        "answered",
        page -> {
          page.check("input[value=can]");
          page.fill("#note", "I come by train.");
          page.fill("#days", "Mondays");
          page.click("main form button");
        });
    walk.put(
        "wrong",
        page -> {
          page.evaluate("document.getElementById('note').removeAttribute('maxlength')");
          page.fill("#note", "x".repeat(2_001));
          page.click("main form button");
        });
    walk.put("front", page -> page.navigate(desk.url("/portal")));
    walk.put("filled", page -> page.navigate(desk.url(CallScene.path(filled))));
    walk.put("closed", page -> page.navigate(desk.url(CallScene.path(closed))));
    walk.put("preferences", page -> page.navigate(desk.url("/portal/preferences")));
    walk.put(
        "preferences-wrong",
        page -> {
          for (String area : desk.features.areas.ids()) {
            page.uncheck("input[value=" + area + "]");
          }
          page.click("main form button");
        });
    assertThat(Looks.walk(chromium, "portal-calls", () -> walk)).isEmpty();
  }

  private void enter(Page page, Call call) {
    // Each walk asks for a link, and there are not many for one address.
    desk.hub.clock.advance(Duration.ofMinutes(20));
    page.navigate(desk.url(CallScene.path(call)));
    page.fill("#email", MEMBER);
    page.click("main form button");
    desk.features.portalLinks.round();
    page.navigate(desk.url(new Letters(desk).link("portal_link")));
    page.click("main form button");
    assertThat(Optional.of(page.url())).hasValue(desk.url(CallScene.path(call)));
  }
}
