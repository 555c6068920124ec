package org.tocsin.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.DispatchVerticle;
import org.tocsin.broadcasts.Progress;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.channels.webhook.WebhookSignature.Verdict;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.TestPostgres;

/** From the release to the partner's server, through the engine, on the courier's role. */
class EventDeliveryTest {
  private final NetworkFixture network = new NetworkFixture();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void everyEndpointThatListensGetsTheEventSignedAndTheLedgerBalances() {
    dispatch();
    Receiver one = network.receiver(200);
    Receiver two = network.receiver(202);
    Receiver deaf = network.receiver(200);
    Endpoints.Registered first = network.register(one);
    Endpoints.Registered second = network.register(two);
    network.endpoints.register(
        network.admin, NetworkFixture.draft(deaf.url(), "bulletin.published"));
    int before = deaf.heard.size();

    Progress done = completed(network.publish("June"));

    assertThat(done.sent()).isEqualTo(2);
    assertThat(done.total()).isEqualTo(2);
    assertGenuine(one.heard.getLast(), first.secret());
    assertGenuine(two.heard.getLast(), second.secret());
    assertThat(one.heard.getLast().body()).isEqualTo(two.heard.getLast().body());
    assertThat(one.heard.getLast().header("webhook-id"))
        .isEqualTo(two.heard.getLast().header("webhook-id"));
    assertThat(new JsonObject(one.heard.getLast().body()).getString("type"))
        .isEqualTo("newsletter.published");
    assertThat(deaf.heard).hasSize(before);
  }

  private void assertGenuine(Receiver.Heard heard, String secret) {
    assertThat(heard.header("webhook-id")).isNotEmpty().doesNotContain(".");
    assertThat(
            WebhookSignature.verify(
                List.of(secret),
                heard.header("webhook-id"),
                heard.header("webhook-timestamp"),
                heard.header("webhook-signature"),
                heard.body().getBytes(UTF_8),
                network.hub.clock.instant()))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void anEndpointThatAnswers410IsDisabledAndHearsNoMore() {
    dispatch();
    network.health.start();
    AtomicInteger status = new AtomicInteger(200);
    Receiver receiver =
        Receiver.answering(
            network.hub.vertx, request -> request.response().setStatusCode(status.get()).end());
    EndpointId id = network.register(receiver).endpoint().id();
    status.set(410);
    assertThat(completed(network.publish("June")).failed()).isEqualTo(1);
    eventually(
        "the endpoint is disabled",
        () -> network.endpoints.get(id).state() == EndpointState.DISABLED);
    int heard = receiver.heard.size();
    assertThat(completed(network.publish("July")).total()).isZero();
    assertThat(receiver.heard).hasSize(heard);
    network.health.close();
  }

  @Test
  void anEndpointGetsNoMoreThanItAllows() {
    EndpointId id = network.register(network.receiver(200)).endpoint().id();
    network.hub.hub.run(
        "UPDATE network.endpoint SET events_per_minute = 1200 WHERE id = $1", id.value());
    dispatch();
    for (String month : List.of("May", "June", "July", "August", "September", "October")) {
      assertThat(completed(network.publish(month)).sent()).isEqualTo(1);
    }
    assertThat(
            network.hub.hub.<Double>list(
                "SELECT per_second FROM engine.grp WHERE channel = 'webhook'",
                row -> row.getDouble("per_second")))
        .containsExactly(20.0);
    assertThat(
            network.hub.hub.<Integer>get(
                "SELECT count(*)::int AS n FROM engine.bucket WHERE name LIKE 'grp:%'",
                row -> row.getInteger("n")))
        .as("buckets that places were drawn from")
        .isOne();
  }

  @Test
  void anEndpointDisabledAfterTheSnapshotIsSuppressed() {
    EndpointId id = network.register(network.receiver(200)).endpoint().id();
    BroadcastId broadcast = network.publish("June");
    network.hub.hub.run(
        """
        WITH r AS (INSERT INTO engine.recipient (broadcast, segment, ord, target) VALUES ($1, 1, 1, $2)),
        s AS (INSERT INTO engine.segment (broadcast, no, lane, channel, size, upto) VALUES ($1, 1, 2, 'webhook', 1, 1))
        UPDATE engine.broadcast SET total = 1, segments = 1, snapshot_done = true, state = 'RUNNING', started_at = now() WHERE id = $1
        """,
        broadcast.value(),
        id.value());
    network.endpoints.disable(network.admin, id);
    dispatch();
    assertThat(completed(broadcast).suppressed()).isEqualTo(1);
  }

  @Test
  void theCourierReadsWhatItSendsWithAndTheSiteNothing() {
    network.register(network.receiver(200));
    for (String column :
        List.of("contact_sealed", "description", "created_by", "host", "consent")) {
      refused(network.hub.courier, "SELECT " + column + " FROM network.endpoint");
    }
    refused(network.hub.courier, "SELECT * FROM network.event");
    refused(network.hub.courier, "SELECT * FROM network.scope_counter");
    refused(network.hub.courier, "UPDATE network.endpoint SET state = 'DISABLED'");
    for (String table : List.of("endpoint", "event", "scope_counter")) {
      refused(network.hub.site, "SELECT * FROM network." + table);
    }
  }

  private static void refused(Database role, String sql) {
    assertThatThrownBy(() -> role.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            DatabaseFailure.class, failure -> assertThat(failure.forbidden()).isTrue());
  }

  @Test
  void copiesOfTheTablesShowNoUrlNoContactAndNoSecret() throws SQLException {
    Receiver receiver = network.receiver(200);
    Endpoints.Registered registered = network.register(receiver);
    String rotated = network.endpoints.rotate(network.admin, registered.endpoint().id(), 7);
    network.endpoints.test(network.admin, registered.endpoint().id());
    network.publish("June");
    String copy = copy("network") + copy("audit") + copy("engine");
    assertThat(copy).contains("endpoint.secret_rotated").contains("the academy's website");
    for (String secret :
        List.of("tenant=7", "web@academy", registered.secret(), rotated, "" + receiver.port)) {
      assertThat(copy).doesNotContain(secret.toLowerCase(Locale.ROOT));
      assertThat(copy).doesNotContain(HexFormat.of().formatHex(secret.getBytes(UTF_8)) + "\t");
    }
  }

  /** Every column of every table of a schema, as text in lower case, as a thief would see it. */
  private String copy(String schema) throws SQLException {
    StringBuilder copy = new StringBuilder();
    try (Connection admin = TestPostgres.superuser(network.hub.address);
        Statement tables = admin.createStatement();
        ResultSet names =
            tables.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'")) {
      while (names.next()) {
        try (Statement rows = admin.createStatement();
            ResultSet row =
                rows.executeQuery(
                    "SELECT t::text FROM " + schema + "." + names.getString(1) + " t")) {
          while (row.next()) {
            copy.append(row.getString(1)).append('\n');
          }
        }
      }
    }
    return copy.toString().toLowerCase(Locale.ROOT);
  }

  private void dispatch() {
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
                Map.of(network.channel, 64),
                Map.of(),
                Map.of(),
                new SimpleMeterRegistry()),
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
  }

  private Progress completed(BroadcastId id) {
    eventually(
        "the broadcast ends", () -> network.broadcasts.find(id).orElseThrow().state().ended());
    return network.broadcasts.find(id).orElseThrow();
  }
}
