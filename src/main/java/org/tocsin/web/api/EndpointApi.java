package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tocsin.network.Endpoint;
import org.tocsin.network.EndpointDraft;
import org.tocsin.network.EndpointId;
import org.tocsin.network.Endpoints;
import org.tocsin.platform.crypto.OpaqueIds;

/** Webhook endpoints for machines. The secret is in the answer to the creation and nowhere else. */
public final class EndpointApi {
  static final String KIND = "endpoint";

  private final Endpoints endpoints;
  private final Ids ids;

  public EndpointApi(Endpoints endpoints, Ids ids) {
    this.endpoints = endpoints;
    this.ids = ids;
  }

  /** The receiver is asked first; what comes back keeps the endpoint. */
  public Supplier<ApiAnswer> create(ApiCall call) {
    JsonObject body = call.body();
    Supplier<Endpoints.Registered> registration =
        endpoints.registration(
            call.staff().id(),
            new EndpointDraft(
                body.getString("url"),
                body.getString("scope"),
                body.getJsonArray("types").stream().map(String::valueOf).toList(),
                body.getString("description"),
                body.getString("contact_email")));
    return () -> {
      Endpoints.Registered registered = registration.get();
      return ApiAnswer.created(json(registered.endpoint()).put("secret", registered.secret()));
    };
  }

  public ApiAnswer list(ApiCall call) {
    long after = ids.readCursor(KIND, call.query("after")).map(OpaqueIds.Pair::first).orElse(0L);
    List<Endpoint> page = endpoints.list(after, call.limit());
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor(KIND, page.getLast().id().value()));
    return ApiAnswer.page(page.stream().map(this::json).toList(), next);
  }

  public ApiAnswer get(ApiCall call) {
    return ApiAnswer.ok(json(endpoints.get(new EndpointId(ids.read(KIND, call.path("id"))))));
  }

  public ApiAnswer confirm(ApiCall call) {
    return ApiAnswer.ok(
        json(
            endpoints.confirm(call.staff().id(), new EndpointId(ids.read(KIND, call.path("id"))))));
  }

  private JsonObject json(Endpoint endpoint) {
    return new JsonObject()
        .put("id", ids.show(KIND, endpoint.id().value()))
        .put("url", endpoint.url())
        .put("scope", endpoint.scope().word())
        .put("types", new JsonArray(endpoint.types()))
        .put("description", endpoint.description())
        .put("contact_email", endpoint.contactEmail())
        .put("state", endpoint.state().name())
        .put("disabled_reason", endpoint.disabledReason().map(Enum::name).orElse(null))
        .put("consent", endpoint.consent().map(Enum::name).orElse(null))
        .put("consent_missing", endpoint.consentMissing().orElse(null))
        .put("events_per_minute", endpoint.eventsPerMinute().orElse(null))
        .put("confirmed", !endpoint.awaitsConfirmation())
        .put("created_at", endpoint.createdAt().toString())
        .put("state_since", endpoint.stateSince().toString())
        .put("failing_since", BroadcastApi.time(endpoint.failingSince()))
        .put("old_secret_until", BroadcastApi.time(endpoint.oldSecretUntil()));
  }
}
