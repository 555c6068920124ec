package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/** Starts broadcasts and tells how they stand. */
public final class Broadcasts {
  private static final String HOLES = "recipient.holes";

  private final Database database;
  private final Sealer sealer;
  private final Bus bus;
  private final BroadcastRepository broadcasts = new BroadcastRepository();

  public Broadcasts(Database database, Sealer sealer, Bus bus) {
    this.database = database;
    this.sealer = sealer;
    this.bus = bus;
  }

  /** Starts a broadcast; its snapshot begins after the commit, at {@code notBefore}. */
  public BroadcastId start(Tx tx, BroadcastOrder order) {
    BroadcastId id = broadcasts.insert(tx, order);
    tx.afterCommit(() -> bus.publish(BroadcastNews.TOPIC, new BroadcastNews(id)));
    return id;
  }

  BroadcastId startFor(Tx tx, BroadcastOrder order, Map<String, String> holes) {
    BroadcastId id = start(tx, order);
    broadcasts.insertSingle(tx, id, order, sealHoles(sealer, holes));
    return id;
  }

  public Optional<Progress> find(BroadcastId id) {
    return broadcasts.find(database, id);
  }

  public List<Progress> ofRelease(long release) {
    return broadcasts.ofRelease(database, release);
  }

  /** Newest first, without transactional mail. */
  public List<Progress> recent(long before, int limit) {
    return broadcasts.recent(database, before, limit);
  }

  static byte[] sealHoles(Sealer sealer, Map<String, String> holes) {
    return sealer.seal(HOLES, new JsonObject(new LinkedHashMap<>(holes)).encode());
  }

  static Map<String, String> openHoles(Sealer sealer, byte[] sealed) {
    Map<String, String> holes = new LinkedHashMap<>();
    new JsonObject(sealer.open(HOLES, sealed))
        .forEach(hole -> holes.put(hole.getKey(), String.valueOf(hole.getValue())));
    return holes;
  }
}
