package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.tocsin.broadcasts.*;
import org.tocsin.platform.database.Tx;

/** stub. */
public final class Events {
  private final Broadcasts broadcasts;

  public Events(Broadcasts broadcasts) {
    this.broadcasts = broadcasts;
  }

  public BroadcastId publish(Tx tx, EventDraft draft, long release, Instant visibleAt) {
    tx.run(
        "WITH n AS (UPDATE network.scope_counter SET last = last + 1 WHERE scope = $1 RETURNING last) INSERT INTO network.event (scope, scope_no, type, visible_at, body, release) SELECT $1, last, $2, $3, $4, $5 FROM n",
        draft.scope(),
        draft.type(),
        visibleAt.atOffset(ZoneOffset.UTC),
        draft.data(),
        release);
    return broadcasts.start(
        tx,
        new BroadcastOrder(
            Optional.of(release),
            "webhook",
            Lane.BULK,
            draft.type(),
            draft.type(),
            "endpoints",
            new JsonObject(),
            Map.of("", draft.data()),
            BroadcastOrder.InDoubtPolicy.RESEND,
            visibleAt,
            visibleAt.plusSeconds(86400)));
  }
}
