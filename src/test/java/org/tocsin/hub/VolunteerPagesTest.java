package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.calls.Call;
import org.tocsin.calls.CallState;
import org.tocsin.calls.Calls;
import org.tocsin.calls.DemoCalls;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.MemberState;
import org.tocsin.correspondents.Members.Filter;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;

/** Volunteers and their areas, at the desk, in the portal and in the demonstration. */
class VolunteerPagesTest {
  private static final String VERA = "vera@clinic.example";

  private final TestDesk desk = new TestDesk();
  private final TestDesk.Browser officer =
      desk.signedIn(desk.staff("officer@tocsin.example", "Zofia", MEMBERSHIP_OFFICER));

  @AfterEach
  void close() {
    desk.close();
  }

  private MemberId enrol(Circle circle, List<String> areas) {
    return desk.features.members.enrol(
        "system",
        new NewMember(
            circle,
            "Vera Vogel",
            EmailAddress.parse(VERA).orElseThrow(),
            "en",
            areas,
            Optional.empty()));
  }

  private TestDesk.Browser signedIn() {
    TestDesk.Browser browser = desk.new Browser();
    browser.postOnly("/portal/sign-in", "email", VERA);
    desk.features.portalLinks.round();
    browser.postOnly(new Letters(desk).link("portal_link"));
    browser.get("/portal/preferences");
    return browser;
  }

  private List<String> areas(MemberId id) {
    return desk.features.members.look(id).member().areas();
  }

  @Test
  void aVolunteerIsEnrolledWithAreasAndNotWithTopics() {
    assertThat(officer.get("/desk/members/new").body())
        .contains("Psychological evaluation", "value=\"interpreting\"")
        .doesNotContain("value=\"newsletter\"");
    HttpResponse<String> wrong =
        officer.post(
            "/desk/members",
            "circle",
            "volunteer",
            "name",
            "Vera Vogel",
            "email",
            VERA,
            "areas",
            "torture");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("Choose at least one area");
    String page =
        officer
            .post(
                "/desk/members",
                "circle",
                "volunteer",
                "name",
                "Vera Vogel",
                "email",
                VERA,
                "areas",
                "interpreting",
                "areas",
                "training")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    assertThat(officer.get(page).body()).contains("Interpreting, Training others");
  }

  @Test
  void volunteersChangeTheirOwnAreasAndNobodyElseHasAny() {
    MemberId vera = enrol(Circle.VOLUNTEER, List.of("training"));
    TestDesk.Browser browser = signedIn();
    assertThat(browser.get("/portal/preferences").body())
        .contains("What you can help with", "value=\"training\" checked", "Interpreting");
    HttpResponse<String> none =
        browser.post("/portal/preferences", "countries", "Norvania", "travel", "");
    assertThat(none.statusCode()).isEqualTo(422);
    assertThat(none.body())
        .contains("href=\"#areas\"", "Choose at least one area", "two-letter country codes")
        .contains("value=\"Norvania\"");
    browser.post(
        "/portal/preferences",
        "areas",
        "interpreting",
        "areas",
        "nothing-of-ours",
        "areas",
        "physical-evaluation");
    assertThat(areas(vera)).containsExactly("physical-evaluation", "interpreting");
    assertThat(browser.get("/portal/preferences").body())
        .contains("value=\"interpreting\" checked")
        .doesNotContain("value=\"training\" checked");
  }

  @Test
  void whoIsNoVolunteerIsOfferedNoAreasAndGetsNone() {
    MemberId contact = enrol(Circle.NETWORK, List.of());
    TestDesk.Browser browser = signedIn();
    assertThat(browser.get("/portal/preferences").body()).doesNotContain("name=\"areas\"");
    assertThat(browser.post("/portal/preferences", "areas", "training").statusCode())
        .isEqualTo(303);
    assertThat(areas(contact)).isEmpty();
  }

  @Test
  void aDeploymentHasAreasOfItsOwn() {
    try (TestDesk other = new TestDesk(Map.of("TOCSIN_VOLUNTEERS_AREAS", "dental-care,training"))) {
      TestDesk.Browser zofia =
          other.signedIn(other.staff("officer@tocsin.example", "Zofia", MEMBERSHIP_OFFICER));
      assertThat(zofia.get("/desk/members/new").body())
          .contains("Dental care", "Training others")
          .doesNotContain("Interpreting");
    }
  }

  @Test
  void theDemonstrationHasCallsInFourStatesWithAnswers() {
    new DemoMembers(desk.features).write();
    CallScene scene = new CallScene(desk);
    for (int twice = 0; twice < 2; twice++) {
      Demonstration.calls(
          desk.features, scene.officer.id(), scene.approver.id(), scene.releaser.id());
    }
    List<Call> calls = desk.features.calls.list(scene.officer.id(), Long.MAX_VALUE, 10);
    assertThat(calls)
        .extracting(Call::state)
        .containsExactly(CallState.IN_REVIEW, CallState.OPEN, CallState.FILLED, CallState.CLOSED);
    assertThat(calls.subList(1, 4))
        .allSatisfy(
            call -> {
              Calls.Tally tally = desk.features.calls.tally(call);
              assertThat(tally.can()).isPositive();
              assertThat(tally.silent()).isPositive();
            });
    String words =
        calls.stream().map(call -> call.draft().title() + call.draft().body()).toList().toString();
    assertThat(DemoCalls.canaries().stream().filter(words::contains)).hasSize(12);
  }

  @Test
  void theDemonstrationHasVolunteersOfEveryAreaOneSuspendedAndOneTravelling() {
    new DemoMembers(desk.features).write();
    List<Member> volunteers =
        desk.features.members.page(new Filter("volunteer", "", false), Long.MAX_VALUE, 100);
    assertThat(volunteers).hasSize(24);
    assertThat(volunteers.stream().map(Member::name)).doesNotHaveDuplicates();
    assertThat(volunteers.stream().flatMap(one -> one.areas().stream()))
        .containsAll(desk.features.areas.ids());
    assertThat(volunteers.stream().map(Member::language).distinct()).hasSizeGreaterThan(3);
    assertThat(volunteers.stream().filter(one -> one.state() == MemberState.SUSPENDED)).hasSize(1);
    assertThat(volunteers.stream().filter(one -> one.wishes().travelling(desk.hub.clock.instant())))
        .hasSize(1);
  }
}
