package org.tocsin.web.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.tocsin.network.Event;
import org.tocsin.network.Events;
import org.tocsin.network.Scope;

/** Events for those who poll: what a webhook would have told them, in order. */
public final class EventApi {
  private final Events events;

  public EventApi(Events events) {
    this.events = events;
  }

  /** An event's id is the cursor behind it, so whoever kept an event can go on from there. */
  public ApiAnswer list(ApiCall call) {
    Scope scope = call.query("scope").flatMap(Scope::of).orElse(Scope.PUBLIC);
    List<Event> page = events.after(scope, call.query("after"), call.limit());
    Optional<String> next =
        page.size() < call.limit() ? Optional.empty() : Optional.of(page.getLast().id());
    return ApiAnswer.page(page.stream().map(EventApi::json).toList(), next);
  }

  private static JsonObject json(Event event) {
    return new JsonObject().put("id", event.id()).mergeIn(event.payload());
  }
}
