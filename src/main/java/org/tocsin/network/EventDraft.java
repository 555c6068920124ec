package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * An event about to be published.
 *
 * @param title what the desk calls the telling of it; never sent
 * @param data for scope PUBLIC whatever is public of the item; above it thin: "id", "type" and
 *     "url", and nothing more
 * @param references ids of what this supersedes; goes along in {@code data.references}
 */
public record EventDraft(
    Scope scope, EventType type, String title, JsonObject data, List<String> references) {
  private static final Set<String> THIN = Set.of("id", "type", "url");

  public EventDraft {
    if (!EventType.offeredIn(scope).contains(type)) {
      throw new IllegalArgumentException(type.word() + " is not for scope " + scope.word());
    }
    if (scope != Scope.PUBLIC && !THIN.containsAll(data.fieldNames())) {
      throw new IllegalArgumentException("an event above public holds more than id, type and url");
    }
    references = List.copyOf(references);
  }

  /** One that supersedes nothing. */
  public EventDraft(Scope scope, EventType type, String title, JsonObject data) {
    this(scope, type, title, data, List.of());
  }
}
