package org.tocsin.chaos;

import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.Progress.State;
import org.tocsin.platform.database.DatabaseFailure;

/** An issue on its way to its readers, an event to its listeners, or an alert to its members. */
final class Sending {
  private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("longest", 4));
  private static final long A_SECOND = 1_000_000_000;
  private static final int PAGE = 1_000;

  private final ChaosScene scene;
  private final Way way;
  final BroadcastId id;
  private final String apiId;
  final int due;

  Sending(ChaosScene scene, Way way, BroadcastId id, String apiId, int due) {
    this.scene = scene;
    this.way = way;
    this.id = id;
    this.apiId = apiId;
    this.due = due;
  }

  Progress ledger() {
    return scene.broadcasts.find(id).orElseThrow();
  }

  /** So far. */
  Receipts receipts() {
    return receipts(deliveries());
  }

  private Receipts receipts(List<Delivery> deliveries) {
    return way.reading().apply(way.receiver().remote().received(), deliveries);
  }

  /** How many messages the receiver got so far, counting doubles. */
  long received() {
    return way.receiver().remote().state().getLong("received");
  }

  int pending() {
    return ledger().pending();
  }

  void awaitReceived(long many) {
    await("the receiver got " + many, () -> received() >= many);
  }

  void await(String what, BooleanSupplier condition) {
    try {
      eventually(what, LONGEST, () -> unlessDatabaseIsAway(condition));
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "\n" + ledger() + "\n" + segments(), late);
    }
  }

  /** For whoever wonders why something does not happen. */
  private String segments() {
    return String.join(
        "\n",
        scene.ground.hub.list(
            "SELECT s::text AS segment FROM engine.segment s WHERE broadcast = $1 AND state <>"
                + " 'DONE' ORDER BY no",
            row -> row.getString("segment"),
            id.value()));
  }

  private static boolean unlessDatabaseIsAway(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (DatabaseFailure away) {
      return false;
    }
  }

  /** Waits for no retry's hour. */
  void awaitCompleted() {
    awaitEnd(State.COMPLETED);
  }

  /** Nothing is pending. Retries need not wait for their hour, only for a second. */
  void awaitEnd(State state) {
    AtomicLong hurried = new AtomicLong(System.nanoTime());
    scene.leases.makeRetriesDue();
    await(
        "the end as " + state,
        () -> {
          if (System.nanoTime() - hurried.get() > A_SECOND) {
            scene.leases.makeRetriesDue();
            hurried.set(System.nanoTime());
          }
          Progress now = ledger();
          return now.state() == state && now.pending() == 0;
        });
  }

  void press(String verb) {
    scene
        .desk()
        .post("/api/v1/broadcasts/" + apiId + "/" + verb, "release_officer", new JsonObject());
  }

  JsonObject look(String part) {
    return scene.desk().get("/api/v1/broadcasts/" + apiId + part, "auditor");
  }

  /** How many segments somebody is at work on. */
  int leased() {
    return segments("count(*) FILTER (WHERE state = 'LEASED')");
  }

  int unfinished() {
    return segments("count(*) FILTER (WHERE state <> 'DONE')");
  }

  /** How many dispatchers have sent some of it and are at work on it still. */
  int owners() {
    return segments("count(DISTINCT owner) FILTER (WHERE state = 'LEASED' AND settled > 0)");
  }

  private int segments(String what) {
    return scene.ground.hub.get(
        "SELECT " + what + "::int AS many FROM engine.segment WHERE broadcast = $1",
        row -> row.getInteger("many"),
        id.value());
  }

  /** How many are being tried again just now. */
  int retried() {
    return scene.ground.hub.get(
        "SELECT count(lease_until)::int AS many FROM engine.retry WHERE broadcast = $1",
        row -> row.getInteger("many"),
        id.value());
  }

  /** As another node does whose news nobody here hears. */
  void pause() {
    scene.ground.hub.inTransaction(tx -> scene.owner(id).pause(tx, id));
  }

  void cancel() {
    scene.ground.hub.inTransaction(tx -> scene.owner(id).cancel(tx, id));
  }

  void stop() {
    scene.ground.hub.inTransaction(tx -> scene.owner(id).stop(tx, id));
  }

  /** Says it in the table; what is called off is owed to those alone whom the snapshot froze. */
  Verdict verdict(String name, int kills) {
    Progress ledger = ledger();
    int owed = isFrozen() ? due : ledger.total();
    List<Delivery> all = deliveries();
    Verdict verdict = Verdict.of(name, owed, ledger, all, receipts(all), kills);
    scene.record(verdict);
    return verdict;
  }

  private boolean isFrozen() {
    return scene.ground.hub.get(
        "SELECT snapshot_done FROM engine.broadcast WHERE id = $1",
        row -> row.getBoolean("snapshot_done"),
        id.value());
  }

  List<Delivery> deliveries() {
    List<Delivery> all = new ArrayList<>();
    List<Delivery> page = scene.broadcasts.deliveries(id, 0, 0, PAGE, Optional.empty());
    while (!page.isEmpty()) {
      all.addAll(page);
      Delivery last = page.getLast();
      page = scene.broadcasts.deliveries(id, last.segment(), last.ord(), PAGE, Optional.empty());
    }
    return all;
  }
}
