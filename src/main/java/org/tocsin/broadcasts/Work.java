package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;

/** What a dispatcher needs to know of a broadcast to send some of it. */
record Work(
    BroadcastId id,
    String channel,
    Lane lane,
    String audience,
    JsonObject selection,
    boolean resendsInDoubt,
    Progress.State state,
    Instant expiresAt,
    Map<String, JsonObject> content) {
  boolean running() {
    return state == Progress.State.RUNNING;
  }

  /** Cancelled or stopped: who is not sent to yet never is. */
  boolean isCalledOff() {
    return state == Progress.State.CANCELLED || state == Progress.State.STOPPED;
  }

  /** What becomes of somebody who is not sent to any more. */
  Settlement callOff(Pending pending) {
    boolean stopped = state == Progress.State.STOPPED;
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
