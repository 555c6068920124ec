package org.tocsin.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.calls.AnswerDraft;
import org.tocsin.calls.Call;
import org.tocsin.calls.CallDraft;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;

/** Calls for volunteers, the staff who make them, and volunteers who read them in the portal. */
final class CallScene {
  static final String TITLE = "A physical evaluation in Quellhaven";

  final TestDesk desk;
  final StaffMember officer;
  final StaffMember approver;
  final StaffMember releaser;
  private final Features features;
  private final Messages words;

  CallScene(TestDesk desk) {
    this.desk = desk;
    this.features = desk.features;
    this.words = features.languages.in("en");
    this.officer = desk.staff("ines@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
    this.approver = desk.staff("olek@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);
    this.releaser = desk.staff("rana@tocsin.example", "Rana Haddad", Role.RELEASE_OFFICER);
  }

  CallDraft draft(String title, int needed, String... areas) {
    return new CallDraft(
        title,
        "An applicant needs a physician before a hearing. It takes half a day.\n\nThe hospital lends a room.",
        List.of(areas),
        needed,
        desk.hub.clock.instant().plus(Duration.ofDays(5)),
        List.of("ar", "fr"));
  }

  Call created() {
    return created(draft(TITLE, 2, "physical-evaluation", "interpreting"));
  }

  Call created(CallDraft draft) {
    return features.calls.create(draft, officer.id(), words);
  }

  Call approved(Call call) {
    features.calls.submit(call.id(), officer.id());
    return features.calls.approve(call.id(), approver.id(), Optional.empty());
  }

  Call released(Call call) {
    return features.calls.release(approved(call).id(), releaser.id());
  }

  Call released() {
    return released(created());
  }

  static String path(Call call) {
    return "/portal/calls/" + call.reference().text();
  }

  String deskPath(Call call) {
    return "/desk/calls/" + features.keyring.ids().encode("call", call.id().value());
  }

  Member enrol(Circle circle, String name, String email, String... areas) {
    return features
        .members
        .look(
            features.members.enrol(
                "system",
                new NewMember(
                    circle,
                    name,
                    EmailAddress.parse(email).orElseThrow(),
                    "en",
                    List.of(areas),
                    Optional.empty())))
        .member();
  }

  void answer(Member member, Call call, boolean can, String note) {
    features.callReadings.answer(
        member, call.reference(), new AnswerDraft(can, note, "Mondays"), words);
  }

  /** A new member's browser, behind the door. */
  TestDesk.Browser reader(Circle circle, String name, String email, String... areas) {
    enrol(circle, name, email, areas);
    TestDesk.Browser browser = desk.new Browser();
    browser.postOnly(link(browser, email));
    return browser;
  }

  /** The link that this browser asked for. */
  String link(TestDesk.Browser browser, String email) {
    browser.postOnly("/portal/sign-in", "email", email);
    features.portalLinks.round();
    return new Letters(desk).link("portal_link");
  }
}
