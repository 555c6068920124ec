package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.broadcasts.Work.Order;
import org.tocsin.broadcasts.Work.Standing;
import org.tocsin.platform.database.Sql;

/** Reads broadcasts for those who send them. Runs on the courier's role. */
final class WorkRepository {
  private static final String WORK =
      """
      SELECT id, channel, lane, audience, selection, stop, in_doubt_policy, state, expires_at
      FROM engine.broadcast WHERE id = $1
      """;
  private static final String CONTENT =
      "SELECT language, body, body_sealed FROM engine.content WHERE broadcast = $1";
  private static final String STANDING =
      "SELECT id, state, expires_at FROM engine.broadcast WHERE id = ANY($1)";

  private final ContentRepository contents;

  WorkRepository(ContentRepository contents) {
    this.contents = contents;
  }

  Optional<Work> find(Sql courier, long broadcast) {
    Map<String, JsonObject> content = new HashMap<>();
    courier
        .list(CONTENT, row -> Map.entry(row.getString("language"), contents.read(row)), broadcast)
        .forEach(entry -> content.put(entry.getKey(), entry.getValue()));
    return courier.find(WORK, row -> new Work(order(row), standing(row), content), broadcast);
  }

  Map<Long, Standing> standing(Sql courier, Collection<Long> broadcasts) {
    Map<Long, Standing> found = new HashMap<>();
    courier
        .list(
            STANDING,
            row -> Map.entry(row.getLong("id"), standing(row)),
            (Object) broadcasts.toArray(Long[]::new))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  private static Order order(Row row) {
    return new Order(
        new BroadcastId(row.getLong("id")),
        row.getString("channel"),
        Lane.of(row.getShort("lane")),
        row.getString("audience"),
        row.getJsonObject("selection"),
        row.getBoolean("stop"),
        row.getString("in_doubt_policy").equals("RESEND"));
  }

  private static Standing standing(Row row) {
    return new Standing(
        Progress.State.valueOf(row.getString("state")),
        row.getOffsetDateTime("expires_at").toInstant());
  }
}
