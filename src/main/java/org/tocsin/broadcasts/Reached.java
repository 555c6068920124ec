package org.tocsin.broadcasts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  private static final String OTHERS = "others";

  private final ReachedRepository reached = new ReachedRepository();

  /**
   * To whom a stop goes.
   *
   * @param broadcasts whoever these reached
   * @param others targets of whom the owner knows that they read it, whatever reached them
   */
  public record Whom(List<BroadcastId> broadcasts, List<Long> others) {
    public Whom {
      broadcasts = List.copyOf(broadcasts);
      others = List.copyOf(others);
    }

    public static Whom reachedBy(BroadcastId... broadcasts) {
      return new Whom(List.of(broadcasts), List.of());
    }
  }

  /** Whoever these reached, and nobody else. */
  public static JsonObject selection(List<BroadcastId> broadcasts) {
    return selection(broadcasts, List.of());
  }

  /** As a broadcast keeps it: {@code {"reached": [broadcast ids], "others"?: [targets]}}. */
  public static JsonObject selection(List<BroadcastId> broadcasts, List<Long> others) {
    JsonObject selection =
        new JsonObject()
            .put(KEY, new JsonArray(broadcasts.stream().map(BroadcastId::value).toList()));
    return others.isEmpty() ? selection : selection.put(OTHERS, new JsonArray(others));
  }

  /** Empty where a selection asks for somebody else. */
  public static Optional<Whom> read(JsonObject selection) {
    return Optional.ofNullable(selection.getJsonArray(KEY))
        .map(
            ids ->
                new Whom(
                    numbers(ids).map(BroadcastId::new).toList(),
                    numbers(selection.getJsonArray(OTHERS, new JsonArray())).toList()));
  }

  private static Stream<Long> numbers(JsonArray array) {
    return array.stream().map(one -> ((Number) one).longValue());
  }

  /** In ascending order of target, at most {@code limit}; fewer means the end. Hub's role. */
  public List<Long> after(Sql sql, Whom whom, long target, int limit) {
    return reached.after(sql, whom, target, limit);
  }

  public long count(Sql sql, Whom whom) {
    return reached.count(sql, whom);
  }
}
