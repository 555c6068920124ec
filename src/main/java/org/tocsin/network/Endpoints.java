package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.webhook.AddressGuard;
import org.tocsin.channels.webhook.EventContent;
import org.tocsin.channels.webhook.WebhookChannel;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.channels.webhook.WebhookTransport;
import org.tocsin.platform.crypto.Base32;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

/** What staff do with endpoints. Whatever goes over the network goes outside of a transaction. */
public final class Endpoints {
  public static final int LONGEST_OVERLAP_DAYS = 7;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final EndpointRepository endpoints;
  private final EndpointChecks checks;
  private final Consent consent;
  private final WebhookChannel channel;
  private final EndpointAudience audience;

  /** {@code publicUrl}: its host is the origin under which the hub asks for consent. */
  public Endpoints(
      Database database,
      Sealer sealer,
      Audit audit,
      InstantSource clock,
      AddressGuard guard,
      WebhookTransport transport,
      WebhookChannel channel,
      EndpointAudience audience,
      URI publicUrl) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.endpoints = new EndpointRepository(new EndpointVault(sealer));
    this.checks = new EndpointChecks(guard);
    this.consent = new Consent(transport, clock, publicUrl.getHost());
    this.channel = channel;
    this.audience = audience;
  }

  /** A new endpoint and its secret, which is shown this once. */
  public record Registered(Endpoint endpoint, String secret) {
    @Override
    public String toString() {
      return "Registered[" + endpoint + "]";
    }
  }

  /** What here depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return List.of(EndpointVault.SEALED_TABLE);
  }

  /**
   * Registers and asks for consent at once; the answer's state is ACTIVE or CHALLENGED, of what
   * takes two people REGISTERED.
   */
  public Registered register(StaffId actor, EndpointDraft draft) {
    return registration(actor, draft).get();
  }

  /**
   * Does what waits for the network: looks the host up and asks for consent, but not where a second
   * person must confirm first. What it answers with then keeps the endpoint, in one transaction,
   * and may be done inside another.
   */
  public Supplier<Registered> registration(StaffId actor, EndpointDraft draft) {
    EndpointRepository.Checked checked = checks.check(draft);
    String secret = WebhookSignature.newSecret();
    Optional<Consent.Answer> answer =
        checked.scope().takesTwo()
            ? Optional.empty()
            : Optional.of(consent.ask(checked.url(), secret));
    return () ->
        database.transaction(
            tx -> {
              EndpointId id = endpoints.insert(tx, checked, secret, actor, clock.instant()).id();
              record(
                  tx,
                  actor,
                  "endpoint.registered",
                  id,
                  new JsonObject()
                      .put("scope", checked.scope().word())
                      .put("types", checked.types()));
              answer.ifPresent(given -> keep(tx, actor, id, given));
              return new Registered(get(tx, id), secret);
            });
  }

  public Optional<Endpoint> find(EndpointId id) {
    return endpoints.find(database, id);
  }

  public Endpoint get(EndpointId id) {
    return find(id).orElseThrow(() -> new NotFound("endpoint"));
  }

  /** In the order of their coming. */
  public List<Endpoint> list(long after, int limit) {
    return endpoints.list(database, after, limit);
  }

  /** What waits for a second person. */
  public List<Endpoint> unconfirmed(int limit) {
    return endpoints.unconfirmed(database, limit);
  }

  /** The second person's word; the receiver is asked for its consent at once. */
  public Endpoint confirm(StaffId actor, EndpointId id) {
    Endpoint confirmed =
        database.transaction(
            tx -> {
              requireConfirmable(lock(tx, id), actor);
              endpoints.confirm(tx, id, actor, clock.instant());
              record(tx, actor, "endpoint.confirmed", id, new JsonObject());
              return get(tx, id);
            });
    return askForConsent(actor, confirmed, endpoints.secret(database, id));
  }

  private static void requireConfirmable(Endpoint endpoint, StaffId actor) {
    if (!endpoint.scope().takesTwo()) {
      throw new Conflict(
          "needs_no_confirmation", "What hears public events alone takes one person.");
    }
    if (endpoint.createdBy().equals(actor)) {
      throw new Forbidden(
          "same_person", "You registered this endpoint; another member of staff confirms it.");
    }
    if (!endpoint.awaitsConfirmation()) {
      throw new Conflict("already_confirmed", "This endpoint is confirmed already.");
    }
    if (endpoint.state() != EndpointState.REGISTERED) {
      throw new Conflict(
          "endpoint_disabled", "This endpoint was disabled before anybody confirmed it.");
    }
  }

  /** Asks for consent again: also the way back for an endpoint that was disabled. */
  public Endpoint verify(StaffId actor, EndpointId id) {
    Endpoint endpoint = get(id);
    if (endpoint.awaitsConfirmation()) {
      throw new Conflict(
          "not_confirmed", "Another member of staff must confirm this endpoint first.");
    }
    if (endpoint.state().listens()) {
      throw new Conflict("already_active", "This endpoint has consented and is active.");
    }
    return askForConsent(actor, endpoint, endpoints.secret(database, id));
  }

  private Endpoint askForConsent(StaffId actor, Endpoint endpoint, String secret) {
    Consent.Answer answer = consent.ask(endpoint.url(), secret);
    return database.transaction(
        tx -> {
          Endpoint now = lock(tx, endpoint.id());
          if (now.state() != endpoint.state() || !now.stateSince().equals(endpoint.stateSince())) {
            throw new Conflict(
                "endpoint_changed", "Somebody else changed this endpoint meanwhile. Look again.");
          }
          keep(tx, actor, endpoint.id(), answer);
          return get(tx, endpoint.id());
        });
  }

  private void keep(Tx tx, StaffId actor, EndpointId id, Consent.Answer answer) {
    switch (answer) {
      case Consent.Answer.Given(ConsentKind kind, Optional<Integer> perMinute) -> {
        endpoints.activate(tx, id, kind, perMinute, clock.instant());
        record(tx, actor, "endpoint.activated", id, new JsonObject().put("consent", kind.name()));
      }
      case Consent.Answer.Missing(String why) -> {
        endpoints.challenge(tx, id, why, clock.instant());
        record(tx, actor, "endpoint.challenged", id, new JsonObject().put("missing", why));
      }
    }
  }

  /**
   * Makes a new secret, shown this once. The one it replaces signs along for so many days; one that
   * was still signing along from an earlier rotation stops.
   */
  public String rotate(StaffId actor, EndpointId id, int overlapDays) {
    if (overlapDays < 0 || overlapDays > LONGEST_OVERLAP_DAYS) {
      throw new Invalid("overlap_days", "Choose from 0 to " + LONGEST_OVERLAP_DAYS + " days");
    }
    String secret = WebhookSignature.newSecret();
    database.inTransaction(
        tx -> {
          lock(tx, id);
          Optional<Instant> until =
              overlapDays == 0
                  ? Optional.empty()
                  : Optional.of(clock.instant().plus(Duration.ofDays(overlapDays)));
          endpoints.rotate(tx, id, secret, until);
          record(
              tx,
              actor,
              "endpoint.secret_rotated",
              id,
              new JsonObject().put("overlap_days", overlapDays));
        });
    return secret;
  }

  public Endpoint disable(StaffId actor, EndpointId id) {
    return database.transaction(
        tx -> {
          if (lock(tx, id).state() == EndpointState.DISABLED) {
            throw new Conflict("already_disabled", "This endpoint is disabled already.");
          }
          endpoints.disable(tx, id, DisabledReason.STAFF, clock.instant());
          record(
              tx,
              actor,
              "endpoint.disabled",
              id,
              new JsonObject().put("reason", DisabledReason.STAFF.name()));
          return get(tx, id);
        });
  }

  /** Sends one {@code endpoint.test} now and says what became of it. */
  public Outcome test(StaffId actor, EndpointId id) {
    if (!get(id).state().listens()) {
      throw notActive();
    }
    String body = EventBody.of(EventType.TEST, clock.instant(), new JsonObject().put("test", true));
    Outcome outcome = send(id, body);
    audience.observe(id.value(), outcome);
    database.inTransaction(
        tx ->
            record(
                tx, actor, "endpoint.tested", id, new JsonObject().put("answer", outcome.code())));
    return outcome;
  }

  /** As the engine would: the same address, the same secrets. */
  private Outcome send(EndpointId id, String body) {
    String webhookId = "msg_" + Base32.encode(Secrets.randomBytes(15));
    Addressee addressee =
        audience
            .reach(database, new JsonObject(), List.of(new Recipient(id.value(), Map.of())))
            .get(id.value());
    return switch (addressee) {
      case Addressee.Reachable reachable ->
          channel
              .send(
                  new EventContent(webhookId, EventType.TEST, body).toJson(),
                  new Envelope(webhookId, reachable.destination(), Map.of()))
              .await();
      case Addressee.Broken _ -> throw new IllegalStateException("the endpoint cannot be opened");
      case Addressee.Unreachable _, Addressee.Later _ -> throw notActive();
      case null -> throw notActive();
    };
  }

  private static Conflict notActive() {
    return new Conflict(
        "not_active",
        "This endpoint has not consented, so nothing is sent to it. Verify it first.");
  }

  private Endpoint lock(Tx tx, EndpointId id) {
    return endpoints.lock(tx, id).orElseThrow(() -> new NotFound("endpoint"));
  }

  private Endpoint get(Tx tx, EndpointId id) {
    return endpoints.find(tx, id).orElseThrow();
  }

  private void record(Tx tx, StaffId actor, String action, EndpointId id, JsonObject detail) {
    audit.record(tx, actor.actor(), action, id.subject(), detail);
  }
}
