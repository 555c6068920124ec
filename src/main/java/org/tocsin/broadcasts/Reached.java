package org.tocsin.broadcasts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;

/**
 * Who read a message or may have read it: those to whom a STOP must go, and nobody else.
 *
 * <p>Settled as sent or in doubt in any turn; tried once in a way that may have reached them
 * ({@link org.tocsin.channels.Outcome#mayHaveReached}), whatever was answered and whatever became
 * of later tries; or granted to a sender and not settled yet. The ledger knows nothing of it: an
 * endpoint that answered 410 has failed and was reached. Somebody of whom nothing left, or whose
 * server threw it away for certain, was not.
 */
public final class Reached {
  /** The database lets lane 0 go without a release only to a selection with this key. */
  private static final String KEY = "reached";

  private final ReachedRepository reached = new ReachedRepository();

  /** As a broadcast keeps it: {@code {"reached": [broadcast ids]}}. */
  public static JsonObject selection(List<BroadcastId> broadcasts) {
    return new JsonObject()
        .put(KEY, new JsonArray(broadcasts.stream().map(BroadcastId::value).toList()));
  }

  /** Empty where a selection asks for somebody else. */
  public static Optional<List<BroadcastId>> read(JsonObject selection) {
    return Optional.ofNullable(selection.getJsonArray(KEY))
        .map(ids -> ids.stream().map(id -> new BroadcastId(((Number) id).longValue())).toList());
  }

  /** In ascending order of target, at most {@code limit}; fewer means the end. Hub's role. */
  public List<Long> after(Sql sql, List<BroadcastId> broadcasts, long target, int limit) {
    return reached.after(sql, broadcasts, target, limit);
  }

  public long count(Sql sql, List<BroadcastId> broadcasts) {
    return reached.count(sql, broadcasts);
  }
}
