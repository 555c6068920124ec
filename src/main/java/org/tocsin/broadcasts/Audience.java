package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.database.Sql;

/**
 * Those who know people or endpoints, as the engine needs them: who they are at the snapshot, and
 * how each is reached at the moment of sending. The engine owns this seam; features implement it.
 */
public interface Audience {
  /** As broadcasts name it: "subscribers", "endpoints". */
  String name();

  /**
   * The next members' numbers in ascending order, at most {@code limit}; fewer means the end. Runs
   * on the hub's role, inside the snapshot's transaction.
   */
  List<Long> membersAfter(Sql sql, JsonObject selection, long target, int limit);

  /** How many there are just now. */
  long count(Sql sql, JsonObject selection);

  /**
   * How each of these is reached now; somebody left out, or {@link Addressee.Unreachable}, is
   * suppressed. Runs on the courier's role. Suppression lists are the engine's own and not looked
   * at here.
   */
  Map<Long, Addressee> reach(Sql courier, JsonObject selection, List<Recipient> recipients);

  /** What became of a try, for those who keep count of it (endpoints). Must not throw or wait. */
  default void observe(long target, Outcome outcome) {}

  /**
   * A row of the snapshot.
   *
   * @param target the person's or endpoint's number
   * @param holes those frozen with it
   */
  record Recipient(long target, Map<String, String> holes) {}
}
