package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/**
 * What is sent, as it lies in {@code engine.content}. What goes to the public in bulk lies there
 * before it may be read, so it is sealed; letters to one person and alerts say nothing that is the
 * person's, and are many.
 */
final class ContentRepository {
  private static final String PURPOSE = "broadcast.content";
  static final SealedTable SEALED_TABLE =
      new SealedTable("engine.content", List.of(new Sealed("body_sealed", PURPOSE)), List.of());

  /** Of those that an earlier version scheduled. */
  private static final String PLAIN =
      """
      SELECT c.broadcast, c.language, c.body FROM engine.content c JOIN engine.broadcast b ON b.id = c.broadcast
      WHERE b.lane = $1 AND b.finished_at IS NULL AND c.body IS NOT NULL LIMIT 100 FOR UPDATE OF c
      """;

  private static final String SEAL =
      """
      UPDATE engine.content SET body = NULL, body_sealed = $3 WHERE broadcast = $1 AND language = $2
      """;

  private final Sealer sealer;

  ContentRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  Buffer seal(JsonObject body) {
    return Buffer.buffer(sealer.seal(PURPOSE, body.encode()));
  }

  JsonObject read(Row row) {
    Buffer sealed = row.getBuffer("body_sealed");
    return sealed == null
        ? row.getJsonObject("body")
        : new JsonObject(sealer.open(PURPOSE, sealed.getBytes()));
  }

  private record Plain(long broadcast, String language, JsonObject body) {}

  /** What of the bulk still lies there plain, until nothing does. */
  void sealLeftPlain(Database database) {
    while (database.transaction(
        tx -> {
          List<Plain> some =
              tx.list(
                  PLAIN,
                  row ->
                      new Plain(
                          row.getLong("broadcast"),
                          row.getString("language"),
                          row.getJsonObject("body")),
                  Lane.BULK.number());
          some.forEach(
              plain -> tx.run(SEAL, plain.broadcast(), plain.language(), seal(plain.body())));
          return !some.isEmpty();
        })) {
      // the next hundred
    }
  }
}
