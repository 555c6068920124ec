package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Channel.Manner;
import org.tocsin.channels.Plate;

/**
 * A broadcast of which this node is sending something: read once, but for how it stands, which is
 * looked at again and again.
 */
final class Work {
  /** Printed messages of so many bytes are held at a time, and not of so many recipients. */
  private static final int BYTES_AT_ONCE = 2_000_000;

  private final Order order;
  private final Map<String, JsonObject> content;
  private final Map<String, Optional<Plate>> plates = new ConcurrentHashMap<>();
  private final int atOnce;
  private volatile Standing standing;

  /** What does not change. */
  record Order(
      BroadcastId id,
      String channel,
      Lane lane,
      String audience,
      JsonObject selection,
      boolean stop,
      boolean resendsInDoubt) {}

  /** What staff, or a hold that ends, change. */
  record Standing(Progress.State state, Instant expiresAt) {}

  Work(Order order, Standing standing, Map<String, JsonObject> content) {
    this.order = order;
    this.standing = standing;
    this.content = Map.copyOf(content);
    int longest = content.values().stream().mapToInt(Work::length).max().orElse(1);
    this.atOnce = Math.clamp(BYTES_AT_ONCE / longest, 1, Flight.BATCH);
  }

  /** A printed message is about as long as what it is made of. */
  private static int length(JsonObject content) {
    return content.encode().length();
  }

  /** How many of its messages are made ready, or are under way, together. */
  int atOnce() {
    return atOnce;
  }

  BroadcastId id() {
    return order.id();
  }

  String channel() {
    return order.channel();
  }

  Lane lane() {
    return order.lane();
  }

  String audience() {
    return order.audience();
  }

  JsonObject selection() {
    return order.selection();
  }

  /** The one message that waits for nobody's throttle. */
  boolean isStop() {
    return order.stop();
  }

  boolean resendsInDoubt() {
    return order.resendsInDoubt();
  }

  void stands(Standing now) {
    standing = now;
  }

  /** As a flush saw it. */
  void stands(Progress.State state) {
    standing = new Standing(state, standing.expiresAt());
  }

  Instant expiresAt() {
    return standing.expiresAt();
  }

  boolean running() {
    return standing.state() == Progress.State.RUNNING;
  }

  /** Cancelled or stopped: who is not sent to yet never is. */
  boolean isCalledOff() {
    return standing.state() == Progress.State.CANCELLED
        || standing.state() == Progress.State.STOPPED;
  }

  /**
   * Made ready once a language; the first language stands in for one that is missing. Empty where
   * there is nothing to send.
   */
  Optional<Plate> plate(Channel by, String language) {
    return plates.computeIfAbsent(
        language, wanted -> content(wanted).map(body -> by.plate(body, manner())));
  }

  private Optional<JsonObject> content(String language) {
    return Optional.ofNullable(content.get(language))
        .or(() -> Optional.ofNullable(content.get("en")))
        .or(() -> content.values().stream().findFirst());
  }

  private Manner manner() {
    if (isStop()) {
      return Manner.STOP;
    }
    return lane() == Lane.TRANSACTIONAL ? Manner.SINGLE : Manner.BULK;
  }

  /** What becomes of somebody who is not sent to any more. */
  Settlement callOff(Pending pending) {
    boolean stopped = standing.state() == Progress.State.STOPPED;
    Settlement.Result result =
        !stopped
            ? Settlement.Result.CANCELLED
            : pending.inDoubt() ? Settlement.Result.IN_DOUBT : Settlement.Result.WITHHELD;
    return Settlement.end(
        pending.ord(),
        result,
        stopped ? "stopped" : "cancelled",
        pending.tries(),
        pending.inDoubt());
  }
}
