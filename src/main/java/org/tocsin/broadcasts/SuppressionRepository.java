package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.platform.database.Sql;

/** Reads {@code engine.suppression}, the addresses nobody may write to. On the courier's role. */
final class SuppressionRepository {
  private static final String FIND =
      "SELECT address_hash, reason FROM engine.suppression WHERE address_hash = ANY($1)";

  /** Which of these hashes nobody may write to, and why. */
  Map<Buffer, String> find(Sql courier, List<Buffer> hashes) {
    Map<Buffer, String> found = new HashMap<>();
    courier
        .list(
            FIND,
            row -> Map.entry(row.getBuffer("address_hash"), row.getString("reason")),
            (Object) hashes.toArray(Buffer[]::new))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }
}
