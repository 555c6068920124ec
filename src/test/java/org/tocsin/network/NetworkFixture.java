package org.tocsin.network;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.audit.AuditEntry;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.channels.webhook.AddressGuard;
import org.tocsin.channels.webhook.WebhookChannel;
import org.tocsin.channels.webhook.WebhookTransport;
import org.tocsin.platform.config.Settings;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.TestHub;

/** Endpoints and events over a test's own database, in a demonstration: receivers on loopback. */
final class NetworkFixture implements AutoCloseable {
  final TestHub hub = new TestHub();
  final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  final StaffId admin = add("integration@tocsin.example", Role.INTEGRATION_ADMIN);
  final StaffId approver = add("approver@tocsin.example", Role.APPROVER);
  final AddressGuard guard = new AddressGuard(hub.vertx, new Settings.Webhooks(true, List.of()));
  final WebhookTransport transport = new WebhookTransport(hub.vertx, guard);
  final WebhookChannel channel = new WebhookChannel(transport, hub.clock);
  final EndpointHealth health =
      new EndpointHealth(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock);
  final EndpointAudience audience = new EndpointAudience(hub.keyring.sealer(), health, hub.clock);
  final Endpoints endpoints =
      new Endpoints(
          hub.hub,
          hub.keyring.sealer(),
          hub.audit,
          hub.clock,
          guard,
          transport,
          channel,
          audience,
          URI.create("https://alerts.committee.example/"));
  final Broadcasts broadcasts =
      new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus);
  final OwnedBroadcasts issues = broadcasts.ownedBy("newsletter");
  final Events events = new Events(hub.hub, hub.keyring.ids(), hub.clock);
  private int releases;

  private StaffId add(String email, Role role) {
    return staff.add("system", email, "Somebody", Set.of(role)).id();
  }

  Receiver receiver(int status) {
    return Receiver.answering(hub.vertx, request -> request.response().setStatusCode(status).end());
  }

  static EndpointDraft draft(String url, String... types) {
    return new EndpointDraft(
        url, "public", List.of(types), "The academy's website", "web@academy.example");
  }

  Endpoints.Registered register(Receiver receiver) {
    return endpoints.register(admin, draft(receiver.url(), "newsletter.published"));
  }

  /** What two people released; the rows that stand behind every broadcast. */
  long release() {
    String subject = "newsletter:" + ++releases;
    Buffer hash = Buffer.buffer(new byte[32]);
    hub.hub.run(
        "INSERT INTO release.edit (subject, editor, content_hash, at) VALUES ($1, $2, $3, now())",
        subject,
        admin.value(),
        hash);
    long approval =
        hub.hub.get(
            "INSERT INTO release.approval (subject, content_hash, approved_by, at) VALUES ($1, $2,"
                + " $3, now()) RETURNING id",
            row -> row.getLong("id"),
            subject,
            hash,
            approver.value());
    return hub.hub.get(
        """
        INSERT INTO release.release (approval, subject, content_hash, audience, channels, not_before, mode, released_by, at)
        VALUES ($1, $2, $3, '{}', '{webhook}', '2026-01-01', 'ACTUAL', $4, now()) RETURNING id
        """,
        row -> row.getLong("id"),
        approval,
        subject,
        hash,
        admin.value());
  }

  BroadcastId publish(String title) {
    return publish(title, Duration.ZERO);
  }

  BroadcastId publish(String title, Duration later) {
    long release = release();
    return hub.hub.transaction(
        tx ->
            events.publish(
                tx, issues, newsletter(title), release, hub.clock.instant().plus(later)));
  }

  static EventDraft newsletter(String title) {
    return new EventDraft(
        Scope.PUBLIC, EventType.NEWSLETTER_PUBLISHED, title, new JsonObject().put("title", title));
  }

  List<String> audited() {
    return hub.audit.latest("", Long.MAX_VALUE, 100).reversed().stream()
        .filter(entry -> entry.action().startsWith("endpoint."))
        .map(NetworkFixture::line)
        .toList();
  }

  private static String line(AuditEntry entry) {
    return entry.action() + " " + entry.detail();
  }

  @Override
  public void close() {
    hub.close();
  }
}
