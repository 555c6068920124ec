package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.calls.Call;
import org.tocsin.calls.CallState;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;

/** The desk's calls, from writing one to closing it, as browsers meet them. */
class CallDeskTest {
  private final TestDesk desk = new TestDesk();
  private final CallScene scene = new CallScene(desk);
  private final TestDesk.Browser officer = desk.signedIn(scene.officer);
  private final TestDesk.Browser approver = desk.signedIn(scene.approver);
  private final TestDesk.Browser releaser = desk.signedIn(scene.releaser);

  @AfterEach
  void close() {
    desk.close();
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String article(String page) {
    assertThat(page).contains("<article");
    return page.substring(page.indexOf("<article"), page.indexOf("</article>"));
  }

  private CallState state(Call call) {
    return desk.features.calls.get(call.id()).state();
  }

  @Test
  void aCallGoesFromThreePeoplesHandsToTheVolunteersAndIsClosedByOne() {
    scene.enrol(Circle.VOLUNTEER, "Vera Vogel", "vera@clinic.example", "interpreting");
    assertThat(officer.get("/desk/calls").body()).contains("Nobody was asked for help yet");
    assertThat(officer.get("/desk/calls/new").body()).contains("Psychological evaluation");
    String page =
        location(
            officer.post(
                "/desk/calls",
                "title",
                "An interpreter on Tuesday",
                "body",
                "For two hours, by telephone.",
                "areas",
                "interpreting",
                "needed",
                "1",
                "answer_by",
                "2026-06-20T09:00",
                "languages",
                "fa, ar"));
    assertThat(officer.get(page).body())
        .contains("An interpreter on Tuesday", "1 volunteer would be written to now")
        .contains("A message from", "What a volunteer sees")
        .contains("src=\"" + page + "/as/volunteer?lang=en\"");
    assertThat(officer.get(page + "/letter").body())
        .contains("There is a message for you")
        .doesNotContain("interpreter", "Tuesday");
    officer.post(page + "/submit");
    String shown = article(approver.get(page + "/as/volunteer").body());
    assertThat(shown).contains("Persian, Arabic", "two hours");
    String review = approver.get(page).body();
    String hash = review.replaceAll("(?s).*name=\"hash\" value=\"([0-9a-f]{64})\".*", "$1");
    assertThat(approver.post(page + "/reject", "reason", " ").statusCode()).isEqualTo(422);
    assertThat(approver.post(page + "/approve", "hash", "0".repeat(64)).body())
        .contains("The call was changed since");
    location(approver.post(page + "/approve", "hash", hash));
    assertThat(releaser.get(page + "/release").body())
        .contains("Volunteers who are written to", "Release it now");
    location(releaser.post(page + "/release"));
    TestDesk.Browser vera = desk.new Browser();
    vera.postOnly(scene.link(vera, "vera@clinic.example"));
    String reference = review.replaceAll("(?s).*<h1>([2-9A-Z]{4}-[2-9A-Z]{4})</h1>.*", "$1");
    assertThat(article(vera.get("/portal/calls/" + reference).body())).isEqualTo(shown);
    assertThat(officer.get(page).body())
        .contains("volunteers can answer", "How it goes", "/desk/broadcasts/", "released it")
        .contains("Nobody has answered yet");
    assertThat(officer.get("/desk/calls").body())
        .contains("An interpreter on Tuesday", "0 of 1", "Open");
    assertThat(officer.post(page + "/close").statusCode()).isEqualTo(422);
    location(officer.post(page + "/close", "reason", "NOT_NEEDED"));
    assertThat(officer.get(page).body())
        .contains("Closed by Ines Castellanos", "It is not needed any more");
    assertThat(releaser.post(page + "/close", "reason", "ERROR").statusCode()).isEqualTo(409);
  }

  @Test
  void theWriterIsToldThatSomebodyElseMustApprove() {
    Call call = scene.created();
    String page = scene.deskPath(call);
    TestDesk.Browser both =
        desk.signedIn(desk.staff("both@tocsin.example", "Both", Role.CASE_OFFICER, Role.APPROVER));
    location(
        both.post(
            page,
            "version",
            "1",
            "title",
            "Another title",
            "body",
            "Something",
            "areas",
            "training",
            "needed",
            "1",
            "answer_by",
            "2026-06-20T09:00"));
    both.post(page + "/submit");
    String review = both.get(page).body();
    assertThat(review)
        .contains("so another person must approve it")
        .doesNotContain("name=\"hash\"");
    String hash = desk.features.calls.get(call.id()).hash().orElseThrow().hex();
    assertThat(both.post(page + "/approve", "hash", hash).statusCode()).isEqualTo(403);
    assertThat(officer.get(page + "/edit").body()).contains("the approval is gone");
    assertThat(
            officer
                .post(
                    page,
                    "version",
                    "1",
                    "title",
                    "Mine",
                    "body",
                    "Mine too",
                    "areas",
                    "training",
                    "needed",
                    "1",
                    "answer_by",
                    "2026-06-20T09:00")
                .body())
        .contains("Somebody else changed this call", "value=\"Mine\"", "Mine too");
    assertThat(state(call)).isEqualTo(CallState.IN_REVIEW);
  }

  @Test
  void aFormNamesAllThatIsWrongAndLosesNothing() {
    HttpResponse<String> wrong =
        officer.post(
            "/desk/calls",
            "title",
            "x".repeat(201),
            "body",
            "",
            "areas",
            "newsletter",
            "needed",
            "many",
            "answer_by",
            "soon",
            "languages",
            "what?");
    assertThat(wrong.statusCode()).isEqualTo(422);
    for (String field :
        new String[] {"title", "body", "areas", "needed", "answer_by", "languages"}) {
      assertThat(wrong.body()).contains("href=\"#" + field + "\"");
    }
    assertThat(wrong.body()).contains("x".repeat(201), "value=\"many\"", "what?");
  }

  @Test
  void whoAnsweredIsShownToThoseWhoAskForItAndThatTheyDidIsWrittenDown() {
    Member vera =
        scene.enrol(Circle.VOLUNTEER, "Vera Vogel", "vera@clinic.example", "interpreting");
    Member tilo =
        scene.enrol(Circle.VOLUNTEER, "Tilo Timm", "tilo@clinic.example", "physical-evaluation");
    Call call = scene.released();
    scene.answer(vera, call, true, "By the night train");
    scene.answer(tilo, call, false, "On leave");
    String page = scene.deskPath(call);
    assertThat(officer.get(page).body())
        .contains("Show who answered", "<dd>1</dd>")
        .doesNotContain("Vera", "vera@", "night train", "Tilo");
    assertThat(officer.post(page + "/answers").body())
        .containsSubsequence("Vera Vogel", "vera@clinic.example", "I can", "By the night train")
        .contains("Mondays", "Tilo Timm", "I cannot", "On leave");
    assertThat(officer.get(page).body())
        .contains("opened the answers", "A volunteer", "answered")
        .doesNotContain("Vera");
    assertThat(approver.get(page).body()).doesNotContain("Show who answered", "Vera");
    assertThat(approver.post(page + "/answers").statusCode()).isEqualTo(403);
    desk.features.members.end("system", tilo.id());
    assertThat(officer.post(page + "/answers").body())
        .contains("Not a member any more")
        .doesNotContain("Tilo Timm");
    desk.hub.clock.advance(Duration.ofDays(5));
    assertThat(desk.signedIn(scene.officer).get(page).body()).contains("Its time is over");
  }

  @Test
  void onlyThoseWhoWorkAtCallsSeeThem() {
    Call call = scene.released();
    for (Role role :
        new Role[] {
          Role.AUDITOR, Role.NEWSLETTER_EDITOR, Role.INTEGRATION_ADMIN, Role.SECURITY_ADMIN
        }) {
      TestDesk.Browser other = desk.signedIn(desk.staff(role.word() + "@x.example", "X", role));
      assertThat(other.get("/desk/calls").statusCode()).as(role.word()).isEqualTo(403);
      assertThat(other.get(scene.deskPath(call)).statusCode()).isEqualTo(403);
      assertThat(other.get("/desk").body()).doesNotContain("href=\"/desk/calls\"");
    }
    TestDesk.Browser keeper =
        desk.signedIn(desk.staff("k@x.example", "Zofia", Role.MEMBERSHIP_OFFICER));
    assertThat(keeper.get(scene.deskPath(call)).statusCode()).isEqualTo(200);
    assertThat(keeper.get("/desk/roles").body()).contains("open what volunteers answered");
    assertThat(approver.post("/desk/calls", "title", "Mine").statusCode()).isEqualTo(403);
    assertThat(officer.post(scene.deskPath(call) + "/release").statusCode()).isEqualTo(403);
  }
}
