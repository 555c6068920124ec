package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.hub.CallScene.TITLE;
import static org.tocsin.hub.CallScene.path;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.calls.Call;
import org.tocsin.calls.CloseReason;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;

/** Calls in the portal, as browsers meet them. */
class PortalCallTest {
  private final TestDesk desk = new TestDesk();
  private final CallScene scene = new CallScene(desk);
  private final TestDesk.Browser vera =
      scene.reader(Circle.VOLUNTEER, "Vera Vogel", "vera@clinic.example", "interpreting");

  @AfterEach
  void close() {
    desk.close();
  }

  private HttpResponse<String> answer(TestDesk.Browser browser, Call call, String... fields) {
    browser.get(path(call));
    return browser.post(path(call) + "/answer", fields);
  }

  @Test
  void aVolunteerReadsACallOnOnePageAnswersAndChangesTheAnswer() {
    Call call = scene.released();
    assertThat(vera.get("/portal").body()).contains(TITLE, path(call), "Please answer by June 20");
    HttpResponse<String> page = vera.get(path(call));
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body())
        .contains(TITLE, "half a day", "2 people are needed", "Interpreting", "Arabic, French")
        .contains(call.reference().text(), "June 20, 2026");
    HttpResponse<String> yes =
        answer(vera, call, "answer", "can", "note", "By the NIGHT-TRAIN", "days", "Mondays");
    assertThat(yes.statusCode()).isEqualTo(303);
    assertThat(yes.headers().firstValue("Location")).hasValue(path(call) + "?done=yes#thanks");
    assertThat(vera.get(path(call) + "?done=yes").body())
        .contains("We have your yes", "You said that you can", "NIGHT-TRAIN", "Mondays")
        .contains("value=\"can\" checked");
    assertThat(vera.get("/portal").body()).contains("You said that you can.");
    assertThat(answer(vera, call, "answer", "cannot").statusCode()).isEqualTo(303);
    assertThat(vera.get(path(call)).body())
        .contains("You said that you cannot")
        .doesNotContain("NIGHT-TRAIN");
  }

  @Test
  void toAnybodyElseItIsThereNoMoreThanOneThatNeverWas() {
    Call call = scene.released();
    String unknown = "/portal/calls/BBBB-CCCC";
    List<TestDesk.Browser> others =
        List.of(
            scene.reader(Circle.CORRESPONDENT, "Ada Ahorn", "ada@academy.example"),
            scene.reader(Circle.NETWORK, "Nils Naber", "nils@academy.example"),
            scene.reader(Circle.DRILL, "Dora Drill", "dora@hub.example"),
            scene.reader(Circle.VOLUNTEER, "Tilo Trainer", "tilo@clinic.example", "training"));
    for (TestDesk.Browser other : others) {
      assertThat(other.get("/portal").body()).doesNotContain(TITLE, call.reference().text());
      HttpResponse<String> refused = other.get(path(call));
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).isEqualTo(other.get(unknown).body());
      other.get("/portal/preferences");
      assertThat(other.post(path(call) + "/answer", "answer", "can").statusCode()).isEqualTo(404);
    }
    assertThat(vera.get("/portal/calls/none").statusCode()).isEqualTo(404);
    Call draft = scene.approved(scene.created());
    assertThat(vera.get(path(draft)).statusCode()).isEqualTo(404);
  }

  @Test
  void whoMustSignInFirstIsLedBackToTheCall() {
    Call call = scene.released();
    desk.hub.clock.advance(Duration.ofHours(1));
    TestDesk.Browser visitor = desk.new Browser();
    assertThat(visitor.get(path(call)).headers().firstValue("Location"))
        .hasValue("/portal/sign-in");
    String back = visitor.cookie.orElseThrow();
    visitor.cookie = Optional.empty();
    String link = scene.link(visitor, "vera@clinic.example");
    visitor.cookie = Optional.of(visitor.cookie.orElseThrow() + "; " + back);
    assertThat(visitor.postOnly(link).headers().firstValue("Location")).hasValue(path(call));
  }

  @Test
  void aFullCallSaysSoKindlyAndTakesNoNewYes() {
    Member one = scene.enrol(Circle.VOLUNTEER, "One", "one@clinic.example", "interpreting");
    Member two = scene.enrol(Circle.VOLUNTEER, "Two", "two@clinic.example", "interpreting");
    Call call = scene.released();
    scene.answer(one, call, true, "");
    vera.get(path(call));
    scene.answer(two, call, true, "");
    HttpResponse<String> late = vera.post(path(call) + "/answer", "answer", "can");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("Somebody was faster", "Thank you for offering");
    assertThat(vera.get(path(call)).body())
        .contains("Enough volunteers have said", "opens again")
        .doesNotContain(TITLE, "half a day", "name=\"answer\"");
    assertThat(vera.get("/portal").body())
        .contains("A call for volunteers", "Enough volunteers")
        .doesNotContain(TITLE);
  }

  @Test
  void oneThatIsOverOrClosedSaysSoAndAsksForNothing() {
    Call over = scene.released();
    answer(vera, over, "answer", "can", "note", "By bus");
    desk.hub.clock.advance(Duration.ofMinutes(30));
    Call closed = scene.released();
    desk.features.calls.close(closed.id(), CloseReason.UNSAFE, scene.officer.id());
    assertThat(vera.get(path(closed)).body())
        .contains("This call is closed", "Nothing is asked of you")
        .doesNotContain(TITLE, "half a day", "name=\"answer\"", "risk");
    assertThat(answer(vera, closed, "answer", "can").statusCode()).isEqualTo(409);
    desk.features.calls.close(over.id(), CloseReason.FOUND, scene.officer.id());
    assertThat(vera.get(path(over)).body())
        .contains("and you offered to help", TITLE, "half a day", "By bus")
        .doesNotContain("name=\"answer\"");
  }

  @Test
  void allThatIsWrongIsNamedAtOnceAndNothingIsLost() {
    Call call = scene.released();
    HttpResponse<String> wrong =
        answer(vera, call, "note", "By tram " + "x".repeat(2_000), "days", "y".repeat(401));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("href=\"#answer\"", "href=\"#note\"", "href=\"#days\"", "By tram xxx")
        .contains("y".repeat(401), "Choose one of the two", "At most 2,000")
        .doesNotContain("You said that you");
    assertThat(vera.postOnly(path(call) + "/answer", "answer", "can").statusCode()).isEqualTo(403);
    HttpResponse<String> hostile =
        answer(vera, call, "answer", "can", "note", "</textarea><script>alert(1)</script>");
    assertThat(hostile.statusCode()).isEqualTo(303);
    assertThat(vera.get(path(call)).body()).doesNotContain("<script>alert");
  }
}
