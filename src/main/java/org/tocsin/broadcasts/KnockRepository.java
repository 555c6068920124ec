package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import org.tocsin.platform.database.Sql;

/**
 * When a stop may knock at a mail domain that is closed: {@code engine.grp.stop_not_before} and
 * {@code engine.tally.knocked}, so that of all nodes one does. Courier's role.
 */
final class KnockRepository {
  /** $1 broadcast, $2 group. Each stop once, whoever knocked before; from then on in their turn. */
  private static final String FIRST =
      """
      WITH t AS (
        INSERT INTO engine.tally AS t (broadcast, grp, knocked) SELECT $1, id, true FROM engine.grp WHERE key_hash = $2
        ON CONFLICT (broadcast, grp) DO UPDATE SET knocked = true WHERE NOT t.knocked RETURNING grp)
      UPDATE engine.grp SET stop_not_before = clock_timestamp() + interval '60 s'
      WHERE key_hash = $2 AND stop_not_before IS DISTINCT FROM '-infinity'
        AND (EXISTS (SELECT FROM t) OR stop_not_before IS NULL OR stop_not_before <= clock_timestamp())
      """;

  private static final String AGAIN =
      """
      UPDATE engine.grp SET stop_not_before = clock_timestamp() + interval '60 s'
      WHERE key_hash = $1 AND (stop_not_before IS NULL OR stop_not_before <= clock_timestamp())
      """;

  /** $1 broadcast, $2 group. */
  private static final String GIVE_BACK =
      """
      WITH t AS (
        UPDATE engine.tally SET knocked = false
        WHERE broadcast = $1 AND grp = (SELECT id FROM engine.grp WHERE key_hash = $2))
      UPDATE engine.grp SET stop_not_before = clock_timestamp()
      WHERE key_hash = $2 AND stop_not_before <> '-infinity'
      """;

  private static final String TAKEN =
      """
      UPDATE engine.grp SET stop_not_before = '-infinity'
      WHERE key_hash = $1 AND not_before > clock_timestamp()
      """;
  private static final String REFUSED =
      """
      UPDATE engine.grp SET stop_not_before = clock_timestamp() + interval '60 s'
      WHERE key_hash = $1 AND stop_not_before = '-infinity'
      """;

  /** True where this recipient of the stop is the one that knocks. */
  boolean first(Sql courier, long broadcast, Buffer group) {
    return courier.run(FIRST, broadcast, group) == 1;
  }

  /** True where one who waits in the queue may knock. */
  boolean again(Sql courier, Buffer group) {
    return courier.run(AGAIN, group) == 1;
  }

  /** Nobody heard the knock of this stop: there was no way out. */
  void giveBack(Sql courier, long broadcast, Buffer group) {
    courier.run(GIVE_BACK, broadcast, group);
  }

  /** It takes stops until it is closed anew. */
  void taken(Sql courier, Buffer group) {
    courier.run(TAKEN, group);
  }

  /** It took some, and now asks stops too to wait. */
  void refused(Sql courier, Buffer group) {
    courier.run(REFUSED, group);
  }
}
