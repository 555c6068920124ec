package org.tocsin.chaos;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.bench.receiver.WebhookReception;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.chaos.Receipts.Receipt;
import org.tocsin.network.InventedEndpoints;

/**
 * Who listens to newsletters by webhook, and the receiver behind all their endpoints, which looks
 * at every signature. While they sleep they listen to something else.
 */
final class Partners implements AutoCloseable {
  private static final int ALL = Readers.MOST_CASES;
  private static final int ADDRESSES = 16;

  final Way way;
  private final Ground ground;
  private final ReceiverProcess receiver;
  private long before;

  Partners(Ground ground) throws IOException {
    this.ground = ground;
    this.receiver = ReceiverProcess.start("http", "--remember", "--addresses", "" + ADDRESSES);
    this.way = new Way(receiver, this::receipts);
  }

  /** Those of the demonstration fall silent: nobody could swear to what they got. */
  void invent() {
    listenTo("event.announced", 0);
    before =
        ground.hub.get(
            "SELECT coalesce(max(id), 0) AS last FROM network.endpoint",
            row -> row.getLong("last"));
    WebhookReception reception = new WebhookReception(Optional.empty(), 1);
    new InventedEndpoints(ground.hub, ground.keyring.sealer(), InstantSource.system())
        .write(ALL, receiver.port(), ADDRESSES, reception::secretOf);
    wake(false);
  }

  void wake(boolean awake) {
    listenTo(awake ? "newsletter.published" : "event.announced", before);
  }

  /** All after that one. */
  private void listenTo(String type, long after) {
    ground.hub.run(
        "UPDATE network.endpoint SET types = ARRAY[$1] WHERE scope = 'public' AND id > $2",
        type,
        after);
  }

  /** To how many an event of an issue released now is owed. */
  int due() {
    return ground.hub.get(
        """
        SELECT count(*)::int AS due FROM network.endpoint
        WHERE 'newsletter.published' = ANY (types) AND state IN ('ACTIVE', 'DEGRADED')
        """,
        row -> row.getInteger("due"));
  }

  void reset() {
    receiver.remote().reset();
  }

  void faults(JsonObject faults) {
    receiver.remote().faults(faults);
  }

  /**
   * All hear of one event by one webhook-id, so a delivery is told by its endpoint. What came by
   * any other id is nobody's delivery.
   */
  private Receipts receipts(String lines, List<Delivery> deliveries) {
    Map<Long, String> ids = new HashMap<>();
    deliveries.forEach(delivery -> ids.put(delivery.target(), delivery.id()));
    Collection<Receipt> all = Receipts.read(lines, _ -> true);
    String event = all.stream().map(Receipt::id).findFirst().orElse("");
    Map<String, Receipt> found = new HashMap<>();
    for (Receipt one : all) {
      String id = ids.get(before + Long.parseLong(one.recipient()));
      boolean known = id != null && one.id().equals(event);
      found.put(known ? id : one.recipient() + " " + one.id(), one);
    }
    return new Receipts(found);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
  }
}
