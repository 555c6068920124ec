package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;

/**
 * Checking the code of a mail: the day and nothing else, and one answer for all that is not ours.
 */
class VerifyPageTest {
  private static final String UNKNOWN = "We do not know this code";

  private final TestDesk desk = new TestDesk();
  private final TestDesk.Browser visitor = desk.new Browser();

  @AfterEach
  void close() {
    desk.close();
  }

  private String codeFor(String email) {
    return codeFor(desk, email);
  }

  /** As it stands in a mail to a new member. */
  static String codeFor(TestDesk desk, String email) {
    MemberId member =
        desk.features.members.enrol(
            "system",
            new NewMember(
                Circle.CORRESPONDENT,
                "Ada Ahorn",
                EmailAddress.parse(email).orElseThrow(),
                "en",
                List.of(),
                Optional.empty()));
    Addressee reached =
        desk.features
            .correspondentAudience
            .reach(
                desk.hub.courier,
                desk.features.memberSelection.of(Set.of(Circle.CORRESPONDENT)),
                List.of(new Recipient(member.value(), Map.of())))
            .get(member.value());
    return Objects.requireNonNull(
        ((Addressee.Reachable) Objects.requireNonNull(reached)).holes().get("code"));
  }

  private HttpResponse<String> check(String code) {
    return visitor.postOnly("/verify", "code", code);
  }

  @Test
  void aCodeOfOursTellsItsDayAndNothingOfWhoseItWas() {
    String one = codeFor("ada@uni.example");
    String other = codeFor("bo@uni.example");
    assertThat(one).isNotEqualTo(other);
    String answer = check(one).body();
    assertThat(answer).contains("was sent by us on June 15, 2026");
    assertThat(answer).isEqualTo(check(other).body());
    assertThat(check(" " + one.toLowerCase(Locale.ROOT).replace("-", " ")).body())
        .isEqualTo(answer);
    assertThat(answer.substring(answer.indexOf("<main"), answer.indexOf("</main>")))
        .doesNotContainIgnoringCase("alert")
        .doesNotContainIgnoringCase("case")
        .doesNotContainIgnoringCase("correspondent")
        .doesNotContainIgnoringCase("member")
        .doesNotContain(one);
    desk.hub.clock.advance(Duration.ofDays(200));
    assertThat(check(one).body()).contains(UNKNOWN);
  }

  @Test
  void whateverIsNotOursGetsOneAnswer() {
    String ours = codeFor("ada@uni.example");
    String wrong = (ours.startsWith("A") ? "B" : "A") + ours.substring(1);
    String answer = unlabelled(check(wrong));
    assertThat(answer)
        .contains(UNKNOWN, "Open no link", "mailto:")
        .doesNotContain("was sent by us on");
    for (String other :
        List.of("AAAAA-AAAAA-AAAAA", "nonsense", "<b>", "K7Q2-M9XD", "\0", "x".repeat(5_000))) {
      HttpResponse<String> told = check(other);
      assertThat(told.statusCode()).as(other).isEqualTo(200);
      assertThat(unlabelled(told)).as(other).isEqualTo(answer);
    }
  }

  /** Without what was typed, which stays in the form. */
  private static String unlabelled(HttpResponse<String> answer) {
    return answer.body().replaceAll("(name=\"code\" value=\")[^\"]*", "$1");
  }

  @Test
  void aCodeInTheAddressIsNotLookedAtAndNoAddressIsHandedOn() {
    String ours = codeFor("ada@uni.example");
    HttpResponse<String> form = visitor.get("/verify?code=" + ours);
    assertThat(form.body()).isEqualTo(visitor.get("/verify").body()).doesNotContain(ours);
    assertThat(form.body()).contains("method=\"post\" action=\"/verify\"");
    for (HttpResponse<String> answer : List.of(form, check(ours))) {
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void anEmptyFormIsNamed() {
    HttpResponse<String> empty = check("  ");
    assertThat(empty.statusCode()).isEqualTo(422);
    assertThat(empty.body()).contains("href=\"#code\"", "Type the code").doesNotContain(UNKNOWN);
  }
}
