package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.tocsin.broadcasts.*;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.database.*;

/** Publishes events; the catalogue and the delivery come with the network feature. */
public final class Events {
  private final Broadcasts broadcasts;
  private final InstantSource clock;

  public Events(Database database, Broadcasts broadcasts, OpaqueIds ids, InstantSource clock) {
    this.broadcasts = broadcasts;
    this.clock = clock;
  }

  public BroadcastId publish(Tx tx, EventDraft draft, long release, Instant visibleAt) {
    tx.run(
        "WITH n AS (UPDATE network.scope_counter SET last = last + 1 WHERE scope = $1 RETURNING last) INSERT INTO network.event (scope, scope_no, type, visible_at, body, release) SELECT $1, last, $2, $3, $4, $5 FROM n",
        draft.scope().word(),
        draft.type().word(),
        visibleAt.atOffset(ZoneOffset.UTC),
        draft.data(),
        release);
    return broadcasts.start(
        tx,
        new BroadcastOrder(
            Optional.of(release),
            "webhook",
            Lane.BULK,
            draft.type().word(),
            draft.type().word(),
            "endpoints",
            new JsonObject(),
            Map.of("", draft.data()),
            BroadcastOrder.InDoubtPolicy.RESEND,
            visibleAt,
            visibleAt.plusSeconds(86400)));
  }

  public void recall(Tx tx, long release) {
    tx.run(
        "DELETE FROM network.event WHERE release = $1 AND visible_at > $2",
        release,
        clock.instant().atOffset(ZoneOffset.UTC));
  }
}
