package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver was given. Invariant: {@code received = recipients + others + duplicates}, and
 * {@code acknowledged ≤ received}. Used on one event loop only.
 */
final class Tally {
  private final boolean remember;
  private final Map<String, Delivery> remembered = new LinkedHashMap<>();
  private final Map<String, Long> apart = new TreeMap<>();
  private final Fingerprints recipients = new Fingerprints();
  private final Fingerprints deliveries = new Fingerprints();
  private final Timeline timeline = new Timeline();
  private long recipientsSum;
  private long received;
  private long acknowledged;
  private long bytes;

  /**
   * @param remember keeps recipients and ids as texts: some hundred bytes each
   */
  Tally(boolean remember) {
    this.remember = remember;
  }

  Receipt receive(byte[] recipient, byte[] id, int size) {
    long who = Fingerprint.of(recipient, 0, recipient.length);
    long now = System.nanoTime();
    received++;
    bytes += size;
    timeline.mark(now);
    if (recipients.add(who)) {
      recipientsSum += who;
    }
    deliveries.add(Fingerprint.of(who, Fingerprint.of(id, 0, id.length)));
    return new Receipt(this, remember ? remembered(recipient, id, now) : null);
  }

  private Delivery remembered(byte[] recipient, byte[] id, long now) {
    String name = new String(recipient, UTF_8) + "\t" + new String(id, UTF_8);
    Delivery delivery = remembered.computeIfAbsent(name, _ -> new Delivery(name, now));
    delivery.receive();
    return delivery;
  }

  /** One message, with the tally it was counted in: a reset may have begun another. */
  record Receipt(Tally tally, @Nullable Delivery delivery) {
    /** Its good answer was handed to the socket. */
    void acknowledge() {
      tally.acknowledged++;
      if (delivery != null) {
        delivery.acknowledge();
      }
    }
  }

  /** For what is not received, and for flaws in what is. */
  void countApart(String what) {
    apart.merge(what, 1L, Long::sum);
  }

  Timeline timeline() {
    return timeline;
  }

  JsonObject toJson() {
    double seconds = (timeline.last() - timeline.first()) / 1e9;
    return new JsonObject()
        .put("received", received)
        .put("acknowledged", acknowledged)
        .put("unacknowledged", received - acknowledged)
        .put("recipients", recipients.size())
        .put("recipients_sum", recipientsSum)
        .put("duplicates", received - deliveries.size())
        .put("others", deliveries.size() - recipients.size())
        .put("bytes", bytes)
        .put("apart", new JsonObject(new LinkedHashMap<>(apart)))
        .put("first_nanos", timeline.first())
        .put("last_nanos", timeline.last())
        .put("per_second", seconds > 0 ? Math.round(received / seconds) : 0);
  }

  /** A line a delivery: recipient, id, times received, times acknowledged, when first. */
  String lines() {
    StringBuilder lines = new StringBuilder();
    remembered.values().forEach(delivery -> lines.append(delivery.line()));
    return lines.toString();
  }
}
