package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.network.EndpointId;
import org.tocsin.network.EndpointState;
import org.tocsin.testing.Receiver;

class EndpointDeskTest {
  private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");

  private final TestDesk desk = new TestDesk(Map.of("TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "true"));
  private final TestDesk.Browser admin =
      desk.signedIn(
          desk.staff("integration@tocsin.example", "Ines Integral", Role.INTEGRATION_ADMIN));
  private final AtomicInteger status = new AtomicInteger(200);
  private final Receiver receiver =
      Receiver.answering(
          desk.hub.vertx, request -> request.response().setStatusCode(status.get()).end());

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void anEndpointIsRegisteredAndItsSecretShownOnce() {
    assertThat(admin.get("/desk/endpoints").body()).contains("Nobody listens yet");
    assertThat(admin.get("/desk/endpoints/new").body()).contains("newsletter.published");
    HttpResponse<String> registered = register();
    assertThat(registered.statusCode()).isEqualTo(200);
    assertThat(registered.body()).contains("The receiver agreed").contains("whsec_");
    assertThat(admin.get("/desk/endpoints").body())
        .contains("The academy &amp; friends")
        .contains("Active");
    assertThat(admin.get(page()).body())
        .contains(receiver.url())
        .contains("web@academy.example")
        .doesNotContain("whsec_");
  }

  @Test
  void anotherMemberOfStaffConfirmsWhatHearsTheNetwork() {
    HttpResponse<String> registered =
        admin.post(
            "/desk/endpoints",
            "url",
            receiver.url(),
            "scope",
            "network",
            "types",
            "alert.issued",
            "description",
            "An academy",
            "contact_email",
            "web@academy.example");
    assertThat(registered.body()).contains("It waits for another member of staff", "whsec_");
    assertThat(receiver.heard).isEmpty();
    assertThat(admin.get(page()).body())
        .contains("You registered it")
        .doesNotContain(page() + "/confirm")
        .doesNotContain(page() + "/verify");
    assertThat(admin.post(page() + "/confirm").statusCode()).isEqualTo(403);
    assertThat(admin.get("/desk").body()).doesNotContain("Webhook endpoints to confirm");
    TestDesk.Browser second =
        desk.signedIn(desk.staff("security@tocsin.example", "Secu Rity", Role.SECURITY_ADMIN));
    assertThat(second.get("/desk").body()).contains("Webhook endpoints to confirm", page());
    assertThat(second.get(page()).statusCode()).as("only what waits is for them").isEqualTo(403);
    assertThat(second.get(page() + "/confirm").body())
        .contains(receiver.url(), "alert.issued", "Confirm this endpoint");
    assertThat(location(second.post(page() + "/confirm"))).isEqualTo(page() + "/confirm");
    assertThat(second.get(page() + "/confirm").body())
        .contains("You confirmed it")
        .doesNotContain("Confirm this endpoint");
    assertThat(second.post(page() + "/confirm").body()).contains("It is confirmed already");
    TestDesk.Browser third =
        desk.signedIn(desk.staff("approver@tocsin.example", "Ap Prover", Role.APPROVER));
    assertThat(third.get(page() + "/confirm").statusCode()).isEqualTo(404);
    assertThat(admin.get(page()).body()).contains("Confirmed by a second person");
    assertThat(receiver.heard).isNotEmpty();
  }

  @Test
  void whatIsWrongIsNamedAndWhatWasTypedStays() {
    HttpResponse<String> wrong =
        admin.post(
            "/desk/endpoints",
            "url",
            "http://169.254.169.254/latest",
            "scope",
            "public",
            "types",
            "newsletter.published",
            "description",
            "",
            "contact_email",
            "nobody");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("href=\"#url\"")
        .contains("private or reserved network (link-local)")
        .contains("href=\"#description\"")
        .contains("href=\"#contact_email\"")
        .contains("value=\"http://169.254.169.254/latest\"")
        .contains("value=\"newsletter.published\" checked");
    assertThat(admin.post("/desk/endpoints", "url", "x".repeat(3_000)).statusCode()).isEqualTo(422);
    assertThat(desk.features.endpoints.list(0, 10)).isEmpty();
  }

  @Test
  void aReceiverThatDoesNotAgreeIsAskedAgain() {
    status.set(404);
    assertThat(register().body()).contains("has not agreed yet, and nothing");
    assertThat(admin.get(page()).body())
        .contains("Waits for consent")
        .doesNotContain(page() + "/test");
    assertThat(admin.post(page() + "/test").statusCode()).isEqualTo(409);
    assertThat(location(admin.post(page() + "/verify"))).endsWith("?done=challenged");
    status.set(204);
    assertThat(location(admin.post(page() + "/verify"))).endsWith("?done=active");
    assertThat(admin.get(page() + "?done=active").body()).contains("The receiver agreed");
    assertThat(admin.post(page() + "/verify").body()).contains("agreed already");
  }

  @Test
  void aTestEventSaysWhatBecameOfIt() {
    register();
    assertThat(admin.post(page() + "/test").body()).contains("took the test event (HTTP 200)");
    status.set(503);
    assertThat(admin.post(page() + "/test").body()).contains("was not taken (HTTP 503)");
    status.set(410);
    assertThat(admin.post(page() + "/test").body()).contains("wants no more (HTTP 410)");
  }

  @Test
  void theSecretIsChangedWithAnOverlap() {
    String first = secret(register());
    HttpResponse<String> rotated = admin.post(page() + "/rotate", "overlap_days", "2");
    assertThat(rotated.body()).contains("both secrets for 2 days");
    assertThat(secret(rotated)).isNotEqualTo(first);
    assertThat(admin.get(page()).body()).contains("The secret before this one signs too until");
    assertThat(admin.post(page() + "/rotate", "overlap_days", "0").body())
        .contains("signs no more");
    for (String days : new String[] {"8", "-1", "two", ""}) {
      assertThat(admin.post(page() + "/rotate", "overlap_days", days).statusCode())
          .as(days)
          .isEqualTo(422);
    }
  }

  @Test
  void anEndpointIsDisabledAndComesBackByConsent() {
    register();
    assertThat(location(admin.post(page() + "/disable"))).endsWith("?done=disabled");
    assertThat(admin.get(page()).body()).contains("A member of staff disabled it");
    assertThat(admin.post(page() + "/disable").statusCode()).isEqualTo(409);
    assertThat(location(admin.post(page() + "/verify"))).endsWith("?done=active");
    assertThat(desk.features.endpoints.get(new EndpointId(1)).state())
        .isEqualTo(EndpointState.ACTIVE);
  }

  @Test
  void anAuditorReadsAndChangesNothing() {
    register();
    TestDesk.Browser auditor =
        desk.signedIn(desk.staff("auditor@tocsin.example", "Auda Tor", Role.AUDITOR));
    assertThat(auditor.get(page()).body())
        .contains("The academy &amp; friends")
        .contains("subject=endpoint:1")
        .doesNotContain(page() + "/disable")
        .doesNotContain(page() + "/rotate");
    for (String action : new String[] {"/disable", "/rotate", "/verify", "/test"}) {
      assertThat(auditor.post(page() + action).statusCode()).as(action).isEqualTo(403);
    }
    assertThat(auditor.get("/desk/endpoints/new").statusCode()).isEqualTo(403);
    assertThat(auditor.get("/desk/audit").body()).contains("registered an endpoint");
    TestDesk.Browser editor =
        desk.signedIn(desk.staff("editor@tocsin.example", "Edi Tor", Role.NEWSLETTER_EDITOR));
    assertThat(editor.get("/desk/endpoints").statusCode()).isEqualTo(403);
    assertThat(admin.get("/desk/endpoints/" + "a".repeat(26)).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> register() {
    return admin.post(
        "/desk/endpoints",
        "url",
        receiver.url(),
        "scope",
        "public",
        "types",
        "newsletter.published",
        "types",
        "bulletin.published",
        "description",
        "The academy & friends",
        "contact_email",
        "web@academy.example");
  }

  private String page() {
    return "/desk/endpoints/" + desk.hub.keyring.ids().encode("endpoint", 1);
  }

  private static String secret(HttpResponse<String> page) {
    Matcher found = SECRET.matcher(page.body());
    assertThat(found.find()).isTrue();
    return found.group();
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("none");
  }
}
