package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.DispatchVerticle;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.Reached;
import org.tocsin.channels.webhook.HastyWebhooks;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.testing.Receiver;

/** Whoever was sent bytes of an alert hears its stop at once: over real sockets, to the last. */
class StopDeliveryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  private final NetworkFixture network = new NetworkFixture();
  private final EndpointVault vault = new EndpointVault(network.hub.keyring.sealer());
  private final Map<String, EndpointId> endpoints = new LinkedHashMap<>();

  /** Who answered an alert, or hung, or broke off; and who heard the stop. */
  private final Set<String> read = new ConcurrentSkipListSet<>();

  private final Set<String> told = new ConcurrentSkipListSet<>();

  @BeforeEach
  void dispatch() {
    network.health.start();
    network
        .hub
        .vertx
        .deployVerticle(
            new DispatchVerticle(
                network.hub.hub,
                network.hub.courier,
                network.hub.keyring,
                network.hub.bus,
                network.hub.clock,
                List.of(network.audience),
                Map.of(HastyWebhooks.channel(network.transport, network.hub.clock, DEADLINE), 64),
                Map.of(),
                Map.of(),
                new SimpleMeterRegistry()),
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
  }

  @AfterEach
  void close() {
    network.health.close();
    network.close();
  }

  /** One that listens to alerts, in the network's scope. */
  private EndpointId endpoint(String name, String url) {
    EndpointId id =
        network.hub.hub.get(
            """
            INSERT INTO network.endpoint (url_sealed, host, scope, types, description, contact_sealed, secret_sealed,
              state, created_by, created_at, state_since)
            VALUES ($1, '127.0.0.1', 'network', '{alert.issued}', $2, $3, $4, 'REGISTERED', $5, now(), now())
            RETURNING id
            """,
            row -> new EndpointId(row.getLong("id")),
            Buffer.buffer(vault.sealUrl(url)),
            name,
            Buffer.buffer(vault.sealContact("web@academy.example")),
            Buffer.buffer(vault.sealSecret(WebhookSignature.newSecret())),
            network.admin.value());
    network.hub.hub.run(
        """
        UPDATE network.endpoint SET confirmed_by = $2, confirmed_at = now(), state = 'ACTIVE', consent = 'CHALLENGE', consent_at = now()
        WHERE id = $1
        """,
        id.value(),
        network.approver.value());
    endpoints.put(name, id);
    return id;
  }

  /** Below HTTP: what it does when it has read all of an alert; to a stop it says 200. */
  private EndpointId server(String name, Consumer<NetSocket> answer) {
    Receiver receiver = Receiver.raw(network.hub.vertx, socket -> converse(name, socket, answer));
    return endpoint(name, receiver.url());
  }

  private void converse(String name, NetSocket socket, Consumer<NetSocket> answer) {
    StringBuilder heard = new StringBuilder();
    socket.handler(
        bytes -> {
          heard.append(bytes.toString());
          if (!heard.toString().endsWith("}}")) {
            return;
          }
          boolean stop = heard.indexOf("alert.stopped") > 0;
          heard.setLength(0);
          (stop ? told : read).add(name);
          (stop ? status(200) : answer).accept(socket);
        });
  }

  private static Consumer<NetSocket> status(int status, String... headers) {
    return socket ->
        socket.write(
            "HTTP/1.1 "
                + status
                + " Word\r\ncontent-length: 0\r\n"
                + String.join("", headers)
                + "\r\n");
  }

  private Delivery told(BroadcastId broadcast, String endpoint) {
    return Objects.requireNonNull(deliveries(broadcast).get(endpoint));
  }

  private BroadcastId alert() {
    long release = network.release();
    return network.hub.hub.transaction(
        tx ->
            network.events.publish(
                tx,
                network.issues,
                event(EventType.ALERT_ISSUED),
                release,
                network.hub.clock.instant()));
  }

  private BroadcastId stop(BroadcastId alert) {
    return network.hub.hub.transaction(
        tx -> {
          network.issues.stop(tx, alert);
          return network.events.send(
              tx,
              network.issues,
              event(EventType.ALERT_STOPPED),
              Optional.empty(),
              Reached.selection(List.of(alert)),
              network.hub.clock.instant());
        });
  }

  private static EventDraft event(EventType type) {
    return new EventDraft(Scope.NETWORK, type, "K7Q2-M9XD", new JsonObject().put("id", "K7Q2"));
  }

  private Map<String, Delivery> deliveries(BroadcastId id) {
    Map<Long, Delivery> byTarget =
        network.broadcasts.deliveries(id, 0, 0, 500, Optional.empty()).stream()
            .collect(Collectors.toMap(Delivery::target, one -> one));
    Map<String, Delivery> named = new LinkedHashMap<>();
    endpoints.forEach(
        (name, endpoint) -> {
          if (byTarget.containsKey(endpoint.value())) {
            named.put(name, byTarget.get(endpoint.value()));
          }
        });
    return named;
  }

  private Progress progress(BroadcastId id) {
    return network.broadcasts.find(id).orElseThrow();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void whoeverWasSentBytesOfAnAlertHearsOfTheStopWhateverWasAnsweredAndNobodyElse()
      throws IOException {
    Set<String> sent = new TreeSet<>();
    for (int status : List.of(200, 302, 404, 408, 410, 500, 502, 503, 504)) {
      server("answers " + status, status(status));
      sent.add("answers " + status);
    }
    server("answers 429", status(429, "retry-after: 3600\r\n"));
    server("hangs", socket -> {});
    server("breaks off", NetSocket::close);
    sent.addAll(Set.of("answers 429", "hangs", "breaks off"));
    EndpointId failing = server("disabled by its failures", status(500));
    sent.add("disabled by its failures");
    EndpointId asked = server("asked again for consent", status(500));
    sent.add("asked again for consent");
    EndpointId cutOff = server("cut off by staff", status(200));
    endpoint("nobody listens", "http://127.0.0.1:" + closedPort() + "/hook");
    endpoint("forbidden", "https://10.0.0.1/hook");
    endpoint("unknown host", "https://nobody.invalid/hook");

    BroadcastId alert = alert();
    eventually(
        "everybody is tried once",
        () ->
            progress(alert).total() == endpoints.size()
                && deliveries(alert).values().stream().allMatch(one -> one.attempts() > 0));
    assertThat(read).containsAll(sent).contains("cut off by staff");
    eventually(
        "the ledger says what it always said of 410",
        () -> told(alert, "answers 410").state().equals("FAILED"));
    assertThat(told(alert, "answers 500").state()).isEqualTo("RETRYING");
    assertThat(
            deliveries(alert).entrySet().stream()
                .filter(one -> one.getValue().reached())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()))
        .isEqualTo(read);
    eventually(
        "410 disables",
        () ->
            network.endpoints.get(Objects.requireNonNull(endpoints.get("answers 410"))).state()
                == EndpointState.DISABLED);
    network.hub.hub.inTransaction(
        tx -> {
          EndpointRepository repository = new EndpointRepository(vault);
          repository.disable(tx, failing, DisabledReason.FAILING, network.hub.clock.instant());
          repository.disable(tx, asked, DisabledReason.FAILING, network.hub.clock.instant());
          repository.challenge(tx, asked, "HTTP 404", network.hub.clock.instant());
        });
    network.endpoints.disable(network.admin, cutOff);

    BroadcastId stop = stop(alert);
    eventually("they are told", () -> told.equals(sent));
    eventually("it is over", () -> progress(stop).state().ended());
    assertThat(progress(stop).sent()).isEqualTo(sent.size());
    assertThat(progress(stop).total()).isEqualTo(sent.size() + 1);
    assertThat(deliveries(stop).get("cut off by staff"))
        .satisfies(
            one -> {
              assertThat(one.state()).isEqualTo("SUPPRESSED");
              assertThat(one.code()).isEqualTo("cut off");
            });
    assertThat(told).as("nobody else").isEqualTo(sent);
  }

  @Test
  void aStopPassesTheRateOfAnEndpointAndNoOtherUrgentMessageDoes() {
    EndpointId slow = server("one a minute", status(200));
    network.hub.hub.run(
        "UPDATE network.endpoint SET events_per_minute = 1 WHERE id = $1", slow.value());
    BroadcastId first = alert();
    eventually("the first is there", () -> progress(first).sent() == 1);
    BroadcastId second = alert();
    eventually(
        "the second waits for the rate", () -> !network.broadcasts.waiting(second).isEmpty());

    BroadcastId stop = stop(first);
    eventually("the stop is there", () -> progress(stop).sent() == 1);
    assertThat(told).containsExactly("one a minute");
    assertThat(progress(second).pending()).isOne();
  }
}
