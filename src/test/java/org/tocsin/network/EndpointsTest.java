package org.tocsin.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.network.NetworkFixture.draft;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.channels.webhook.WebhookSignature.Verdict;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.testing.Receiver;

class EndpointsTest {
  private final NetworkFixture network = new NetworkFixture();
  private final Endpoints endpoints = network.endpoints;

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void aReceiverThatAnswersTheHandshakeIsActiveAtOnce() {
    Receiver receiver =
        Receiver.answering(
            network.hub.vertx,
            request ->
                request
                    .response()
                    .putHeader(
                        "WebHook-Allowed-Origin", request.getHeader("WebHook-Request-Origin"))
                    .putHeader("WebHook-Allowed-Rate", "120")
                    .end());
    Endpoint endpoint = network.register(receiver).endpoint();
    assertThat(endpoint.state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(endpoint.consent()).hasValue(ConsentKind.HANDSHAKE);
    assertThat(endpoint.eventsPerMinute()).hasValue(120);
    assertThat(receiver.heard).hasSize(1);
    assertThat(receiver.heard.getFirst().method()).endsWith("OPTIONS");
    assertThat(receiver.heard.getFirst().header("webhook-request-origin"))
        .isEqualTo("alerts.committee.example");
  }

  @Test
  void aReceiverThatGivesTheSignedChallengeBackIsActiveAtOnce() {
    Receiver receiver =
        Receiver.conversing(
            network.hub.vertx,
            new HttpServerOptions(),
            (request, heard) -> {
              if (request.method().equals(HttpMethod.OPTIONS)) {
                request.response().setStatusCode(405).end();
              } else {
                echo(request, new JsonObject(heard.body()));
              }
            });
    Endpoints.Registered registered = network.register(receiver);
    assertThat(registered.endpoint().state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(registered.endpoint().consent()).hasValue(ConsentKind.CHALLENGE);
    Receiver.Heard challenge = receiver.heard.getLast();
    assertThat(verify(challenge, registered.secret())).isEqualTo(Verdict.GENUINE);
    JsonObject body = new JsonObject(challenge.body());
    assertThat(body.fieldNames()).containsExactly("type", "timestamp", "data");
    assertThat(body.getString("type")).isEqualTo("endpoint.test");
    assertThat(body.getJsonObject("data").getString("challenge")).hasSize(40);
  }

  private static void echo(HttpServerRequest request, JsonObject body) {
    request
        .response()
        .end(
            new JsonObject()
                .put("challenge", body.getJsonObject("data").getString("challenge"))
                .encode());
  }

  private static EndpointDraft academy(String url) {
    return new EndpointDraft(url, "network", List.of("alert.issued"), "An academy", "a@b.example");
  }

  @Test
  void nothingAtAllIsSentToANetworkEndpointBeforeASecondPersonConfirmsIt() {
    Receiver receiver = network.receiver(200);
    EndpointId id = endpoints.register(network.admin, academy(receiver.url())).endpoint().id();
    assertThat(endpoints.get(id).state()).isEqualTo(EndpointState.REGISTERED);
    assertThat(endpoints.unconfirmed(10)).extracting(Endpoint::id).containsExactly(id);
    assertThat(code(() -> endpoints.verify(network.admin, id))).isEqualTo("not_confirmed");
    assertThat(code(() -> endpoints.verify(network.approver, id))).isEqualTo("not_confirmed");
    assertThat(code(() -> endpoints.test(network.admin, id))).isEqualTo("not_active");
    assertThat(code(() -> endpoints.confirm(network.admin, id))).isEqualTo("same_person");
    endpoints.rotate(network.admin, id, 1);
    assertThat(
            network.audience.reach(network.hub.courier, new JsonObject(), recipient(id)).values())
        .allMatch(Addressee.Unreachable.class::isInstance);
    assertThat(receiver.heard).isEmpty();

    Endpoint confirmed = endpoints.confirm(network.approver, id);
    assertThat(confirmed.state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(confirmed.confirmedBy()).contains(network.approver);
    assertThat(receiver.heard).isNotEmpty();
    assertThat(endpoints.unconfirmed(10)).isEmpty();
    assertThat(code(() -> endpoints.confirm(network.approver, id))).isEqualTo("already_confirmed");
    assertThat(network.audited())
        .contains("endpoint.confirmed {}", "endpoint.activated {\"consent\":\"DEMONSTRATION\"}");
  }

  @Test
  void whatWasDisabledBeforeAnybodyConfirmedItDoesNotComeBack() {
    EndpointId id =
        endpoints.register(network.admin, academy(network.receiver(200).url())).endpoint().id();
    endpoints.disable(network.approver, id);
    assertThat(endpoints.unconfirmed(10)).isEmpty();
    assertThat(code(() -> endpoints.verify(network.approver, id))).isEqualTo("not_confirmed");
    assertThat(code(() -> endpoints.confirm(network.approver, id))).isEqualTo("endpoint_disabled");
    EndpointId open = network.register(network.receiver(200)).endpoint().id();
    assertThat(code(() -> endpoints.confirm(network.approver, open)))
        .isEqualTo("needs_no_confirmation");
  }

  /** Whatever code does it: the rule stands below it. */
  @Test
  void theDatabaseLetsNoNetworkEndpointListenThatOnePersonMade() {
    EndpointId id =
        endpoints.register(network.admin, academy(network.receiver(200).url())).endpoint().id();
    String active = "state = 'ACTIVE', consent = 'HANDSHAKE', consent_at = now()";
    assertThat(broken(active, id)).isEqualTo("network_takes_two");
    assertThat(broken("state = 'CHALLENGED'", id)).isEqualTo("network_takes_two");
    assertThat(broken("confirmed_by = created_by, confirmed_at = now()", id))
        .isEqualTo("confirmed_by_another");
    assertThat(broken("confirmed_at = now()", id)).isEqualTo("confirmed_by_somebody");
    endpoints.confirm(network.approver, id);
    assertThat(broken("host = 'elsewhere.example'", id)).isEqualTo("network_takes_two");
    EndpointId open = network.register(network.receiver(200)).endpoint().id();
    assertThat(broken("scope = 'network'", open)).isEqualTo("network_takes_two");
    assertThat(
            broken(
                "scope = 'network', confirmed_by = "
                    + network.approver.value()
                    + ", confirmed_at = now()",
                open))
        .isEqualTo("network_takes_two");
  }

  private String broken(String change, EndpointId id) {
    try {
      network.hub.hub.run("UPDATE network.endpoint SET " + change + " WHERE id = $1", id.value());
      return "";
    } catch (ConstraintViolated violated) {
      return violated.constraint();
    }
  }

  private static String code(Runnable refused) {
    try {
      refused.run();
      return "";
    } catch (HubException exception) {
      return exception.code();
    }
  }

  @Test
  void inADemonstrationAPlain200OnLoopbackIsEnough() {
    Endpoint endpoint = network.register(network.receiver(200)).endpoint();
    assertThat(endpoint.state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(endpoint.consent()).hasValue(ConsentKind.DEMONSTRATION);
  }

  @ParameterizedTest
  @CsvSource({"302, HTTP 302", "404, HTTP 404", "410, HTTP 410", "500, HTTP 500"})
  void aReceiverThatDoesNotWantItStaysChallenged(int status, String missing) {
    Endpoint endpoint = network.register(network.receiver(status)).endpoint();
    assertThat(endpoint.state()).isEqualTo(EndpointState.CHALLENGED);
    assertThat(endpoint.consent()).isEmpty();
    assertThat(endpoint.consentMissing()).hasValue(missing);
  }

  @Test
  void aReceiverThatIsNotThereStaysChallengedAndCanBeAskedAgain() {
    AtomicBoolean awake = new AtomicBoolean();
    Receiver receiver =
        Receiver.answering(
            network.hub.vertx,
            request -> request.response().setStatusCode(awake.get() ? 204 : 503).end());
    EndpointId id = network.register(receiver).endpoint().id();
    assertThat(endpoints.get(id).state()).isEqualTo(EndpointState.CHALLENGED);
    assertThatThrownBy(() -> endpoints.test(network.admin, id))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("not_active"));
    awake.set(true);
    assertThat(endpoints.verify(network.admin, id).state()).isEqualTo(EndpointState.ACTIVE);
    assertThatThrownBy(() -> endpoints.verify(network.admin, id))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("already_active"));
    assertThat(network.audited())
        .containsExactly(
            "endpoint.registered {\"scope\":\"public\",\"types\":[\"newsletter.published\"]}",
            "endpoint.challenged {\"missing\":\"HTTP 503\"}",
            "endpoint.activated {\"consent\":\"DEMONSTRATION\"}");
  }

  @Test
  void aNameWithoutAnAddressMayBeRegisteredAndStaysChallenged() {
    Endpoint endpoint =
        endpoints
            .register(network.admin, draft("https://nobody.invalid/hook", "newsletter.published"))
            .endpoint();
    assertThat(endpoint.state()).isEqualTo(EndpointState.CHALLENGED);
    assertThat(endpoint.consentMissing()).hasValue("no address");
    assertThat(endpoint.host()).isEqualTo("nobody.invalid");
  }

  @Test
  void aDecisionOfSomebodyElseMeanwhileIsNotOverwritten() {
    AtomicReference<EndpointId> id = new AtomicReference<>();
    Receiver receiver =
        Receiver.answering(
            network.hub.vertx,
            request -> {
              EndpointId known = id.get();
              if (known == null) {
                request.response().setStatusCode(500).end();
              } else {
                Thread.ofVirtual()
                    .start(
                        () -> {
                          if (request.method().equals(HttpMethod.OPTIONS)) {
                            endpoints.disable(network.admin, known);
                          }
                          request.response().setStatusCode(200).end();
                        });
              }
            });
    EndpointId registered = network.register(receiver).endpoint().id();
    id.set(registered);
    assertThatThrownBy(() -> endpoints.verify(network.admin, registered))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("endpoint_changed"));
    assertThat(endpoints.get(registered).state()).isEqualTo(EndpointState.DISABLED);
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    EndpointDraft wrong =
        new EndpointDraft(
            "https://10.1.2.3/hook", "private", List.of("newsletter.read"), " ", "nobody");
    assertThatThrownBy(() -> endpoints.register(network.admin, wrong))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(HubException.Field::name)
                    .containsExactlyInAnyOrder(
                        "url", "scope", "types", "description", "contact_email"));
    assertThat(endpoints.list(0, 10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "public, '', types",
    "public, alert.issued, types",
    "public, endpoint.test, types",
    "network, nothing, types",
    "PUBLIC, newsletter.published, scope",
  })
  void typesAreOfTheCatalogueAndTheScope(String scope, String type, String field) {
    List<String> types = type.isEmpty() ? List.of() : List.of(type);
    assertThatThrownBy(
            () ->
                endpoints.register(
                    network.admin,
                    new EndpointDraft(
                        network.receiver(200).url(), scope, types, "x", "a@b.example")))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(HubException.Field::name)
                    .containsExactly(field));
  }

  @Test
  void theNetworkMayListenToAlertsAndIsRegisteredWithoutHearingPublicEvents() {
    Receiver receiver = network.receiver(200);
    Endpoint endpoint =
        endpoints
            .register(
                network.admin,
                new EndpointDraft(
                    receiver.url(),
                    "network",
                    List.of("alert.issued", "newsletter.published", "alert.issued"),
                    "The academy",
                    "office@academy.example"))
            .endpoint();
    assertThat(endpoint.types()).containsExactly("alert.issued", "newsletter.published");
    JsonObject publicNews =
        EndpointAudience.selection(Scope.PUBLIC, EventType.NEWSLETTER_PUBLISHED);
    assertThat(network.audience.membersAfter(network.hub.hub, publicNews, 0, 10)).isEmpty();
    assertThat(network.audience.count(network.hub.hub, publicNews)).isZero();
  }

  @Test
  void theAnswerShowsTheSecretOnceAndNothingElseEverDoes() {
    Endpoints.Registered registered = network.register(network.receiver(200));
    assertThat(registered.secret()).startsWith("whsec_");
    Endpoint endpoint = endpoints.get(registered.endpoint().id());
    assertThat(endpoint.toString() + registered).doesNotContain(registered.secret(), "127.0.0.1");
    assertThat(endpoint.contactEmail()).isEqualTo("web@academy.example");
    assertThat(endpoint.url()).endsWith("/hook?tenant=7");
  }

  @Test
  void bothSecretsSignUntilTheOverlapEnds() {
    Endpoints.Registered registered = network.register(network.receiver(200));
    EndpointId id = registered.endpoint().id();
    String second = endpoints.rotate(network.admin, id, 2);
    assertThat(secrets(id)).containsExactly(second, registered.secret());
    network.hub.clock.advance(Duration.ofDays(2).minusSeconds(1));
    assertThat(secrets(id)).hasSize(2);
    network.hub.clock.advance(Duration.ofSeconds(1));
    assertThat(secrets(id)).containsExactly(second);
    String third = endpoints.rotate(network.admin, id, 7);
    String fourth = endpoints.rotate(network.admin, id, 1);
    assertThat(secrets(id)).containsExactly(fourth, third);
  }

  @Test
  void aRotationWithoutOverlapEndsTheOldSecretAtOnce() {
    EndpointId id = network.register(network.receiver(200)).endpoint().id();
    String second = endpoints.rotate(network.admin, id, 0);
    assertThat(secrets(id)).containsExactly(second);
    assertThat(network.audited()).last().isEqualTo("endpoint.secret_rotated {\"overlap_days\":0}");
  }

  @ParameterizedTest
  @CsvSource({"-1", "8"})
  void anOverlapIsAWeekAtMost(int days) {
    EndpointId id = network.register(network.receiver(200)).endpoint().id();
    assertThatThrownBy(() -> endpoints.rotate(network.admin, id, days)).isInstanceOf(Invalid.class);
  }

  @Test
  void aTestEventIsSentAsAnyOther() {
    Receiver receiver = network.receiver(200);
    Endpoints.Registered registered = network.register(receiver);
    assertThat(endpoints.test(network.admin, registered.endpoint().id()))
        .isEqualTo(new Outcome.Accepted("HTTP 200"));
    Receiver.Heard heard = receiver.heard.getLast();
    assertThat(verify(heard, registered.secret())).isEqualTo(Verdict.GENUINE);
    assertThat(new JsonObject(heard.body()).getString("type")).isEqualTo("endpoint.test");
    assertThat(network.audited()).last().isEqualTo("endpoint.tested {\"answer\":\"HTTP 200\"}");
  }

  @Test
  void aDisabledEndpointComesBackByANewConsentOnly() {
    Receiver receiver = network.receiver(200);
    EndpointId id = network.register(receiver).endpoint().id();
    Endpoint disabled = endpoints.disable(network.admin, id);
    assertThat(disabled.state()).isEqualTo(EndpointState.DISABLED);
    assertThat(disabled.disabledReason()).hasValue(DisabledReason.STAFF);
    assertThat(disabled.consent()).isEmpty();
    assertThatThrownBy(() -> endpoints.disable(network.admin, id)).isInstanceOf(Conflict.class);
    assertThat(network.audience.reach(network.hub.courier, new JsonObject(), recipient(id)))
        .containsEntry(id.value(), new Addressee.Unreachable("disabled"));
    int heard = receiver.heard.size();
    assertThat(endpoints.verify(network.admin, id).state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(receiver.heard.size()).isGreaterThan(heard);
  }

  @Test
  void theDatabaseLetsNobodyBeActiveWithoutConsent() {
    EndpointId id = network.register(network.receiver(500)).endpoint().id();
    assertThatThrownBy(
            () ->
                network.hub.hub.run(
                    "UPDATE network.endpoint SET state = 'ACTIVE' WHERE id = $1", id.value()))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            refused -> assertThat(refused.constraint()).isEqualTo("consent_before_events"));
  }

  @Test
  void anUnknownEndpointIsNotFound() {
    EndpointId nobody = new EndpointId(99);
    assertThatThrownBy(() -> endpoints.get(nobody)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> endpoints.verify(network.admin, nobody)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> endpoints.rotate(network.admin, nobody, 1))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> endpoints.disable(network.admin, nobody)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> endpoints.test(network.admin, nobody)).isInstanceOf(NotFound.class);
  }

  @Test
  void endpointsAreListedInTheOrderOfTheirComing() {
    EndpointId first = network.register(network.receiver(200)).endpoint().id();
    EndpointId second = network.register(network.receiver(200)).endpoint().id();
    assertThat(endpoints.list(0, 10)).extracting(Endpoint::id).containsExactly(first, second);
    assertThat(endpoints.list(first.value(), 10)).extracting(Endpoint::id).containsExactly(second);
    assertThat(endpoints.list(0, 1)).extracting(Endpoint::id).containsExactly(first);
  }

  private List<String> secrets(EndpointId id) {
    Addressee addressee =
        network
            .audience
            .reach(network.hub.courier, new JsonObject(), recipient(id))
            .getOrDefault(id.value(), new Addressee.Broken());
    assertThat(addressee).isInstanceOf(Addressee.Reachable.class);
    return ((Destination.Endpoint) ((Addressee.Reachable) addressee).destination()).secrets();
  }

  private static List<Recipient> recipient(EndpointId id) {
    return List.of(new Recipient(id.value(), Map.of()));
  }

  private Verdict verify(Receiver.Heard heard, String secret) {
    return WebhookSignature.verify(
        List.of(secret),
        heard.header("webhook-id"),
        heard.header("webhook-timestamp"),
        heard.header("webhook-signature"),
        heard.body().getBytes(UTF_8),
        network.hub.clock.instant());
  }
}
