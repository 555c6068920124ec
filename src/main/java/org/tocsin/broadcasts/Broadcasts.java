package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Hashed;
import org.tocsin.platform.database.SealedTable.Sealed;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;

/** Starts broadcasts and tells how they stand. */
public final class Broadcasts {
  private static final String HOLES = "recipient.holes";
  static final String GROUP = "group.name";

  private final Database database;
  private final Sealer sealer;
  private final Bus bus;
  private final Contents contents;
  private final BroadcastRepository broadcasts;
  private final ControlRepository control = new ControlRepository();
  private final DeliveryRepository deliveries;
  private final TallyRepository tallies;
  private final CutRepository cuts = new CutRepository();

  public Broadcasts(Database database, Sealer sealer, OpaqueIds ids, Bus bus) {
    this.deliveries = new DeliveryRepository(ids);
    this.tallies = new TallyRepository(sealer);
    this.contents = new Contents(sealer);
    this.broadcasts = new BroadcastRepository(contents);
    this.database = database;
    this.sealer = sealer;
    this.bus = bus;
  }

  /** Before anything is sent: seals what of the bulk an earlier version left plain. */
  public void sealLeftPlain() {
    contents.sealLeftPlain(database);
  }

  /** Starts a broadcast; its snapshot begins after the commit, at {@code notBefore}. */
  public BroadcastId start(Tx tx, BroadcastOrder order) {
    BroadcastId id = broadcasts.insert(tx, order);
    announce(tx, id);
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

  /** How many running broadcasts nobody is sending, though there is something to send. */
  public long stuck() {
    return broadcasts.stuck(database);
  }

  public List<Progress> ofRelease(long release) {
    return broadcasts.ofRelease(database, release);
  }

  /** Newest first, without transactional mail. */
  public List<Progress> recent(long before, int limit) {
    return broadcasts.recent(database, before, limit);
  }

  /** False once single deliveries are no longer kept; the ledger is. */
  public boolean keepsDeliveries(BroadcastId id) {
    return cuts.holds(database, id);
  }

  /** Who is pending in the queue and why, a row a reason. */
  public List<Waiting> waiting(BroadcastId id) {
    return deliveries.waiting(database, id);
  }

  /**
   * How it goes with the mail domains that put off or refused most, then with the largest. Only
   * domains of ten tries and more are named: a small one may be one person's. What is left is told
   * in sum, without a name, and last.
   */
  public List<DomainTally> domains(BroadcastId id) {
    return tallies.domains(database, id);
  }

  /** How fast it went; empty while nobody is settled. */
  public Optional<Pace> pace(BroadcastId id) {
    return broadcasts.pace(database, id);
  }

  /** Nothing further leaves within a second; what is under way is finished. */
  public Progress pause(Tx tx, BroadcastId id) {
    return controlled(tx, id, "paused", control.pause(tx, id));
  }

  public Progress resume(Tx tx, BroadcastId id) {
    return controlled(tx, id, "resumed", control.resume(tx, id));
  }

  /**
   * Like a pause that only its owner ends: nobody resumes it or opens a further turn until {@link
   * #letGo}. Done to one that ended, it keeps it from being opened again.
   */
  public void hold(Tx tx, BroadcastId id) {
    if (control.hold(tx, id)) {
      announce(tx, id);
    }
  }

  public void letGo(Tx tx, BroadcastId id) {
    if (control.letGo(tx, id)) {
      announce(tx, id);
    }
  }

  /** Whoever was not yet sent to is cancelled, for good. */
  public Progress cancel(Tx tx, BroadcastId id) {
    return controlled(tx, id, "cancelled", control.cancel(tx, id));
  }

  /**
   * Withholds all that was not granted yet, for good, so that a STOP message can overtake it; done
   * to one that is stopped or cancelled already, it changes nothing. {@link Reached} tells who must
   * hear of it.
   */
  public void stop(Tx tx, BroadcastId id) {
    if (control.stop(tx, id)) {
      announce(tx, id);
    }
  }

  /**
   * Cancels what of a release is still to be sent; what has ended stays as it is.
   *
   * @return the release's broadcasts as they stood before
   */
  public List<Progress> callBack(Tx tx, long release) {
    List<Progress> all = broadcasts.ofRelease(tx, release);
    for (Progress progress : all) {
      if (control.cancel(tx, progress.id())) {
        announce(tx, progress.id());
      }
    }
    return all;
  }

  /** Opens a further turn for all who failed. */
  public Progress retryFailed(Tx tx, BroadcastId id) {
    return controlled(tx, id, "retried", control.reopen(tx, id, "FAILED"));
  }

  /** Opens a further turn for all in doubt: some may get it twice. */
  public Progress resendInDoubt(Tx tx, BroadcastId id) {
    return controlled(tx, id, "resent", control.reopen(tx, id, "IN_DOUBT"));
  }

  private Progress controlled(Tx tx, BroadcastId id, String verb, boolean done) {
    Progress now = broadcasts.find(tx, id).orElseThrow(() -> new NotFound("broadcast"));
    if (!done) {
      throw new Conflict(
          "not_" + verb,
          "A broadcast that is "
              + now.state().name().toLowerCase(Locale.ROOT)
              + " cannot be "
              + verb);
    }
    announce(tx, id);
    return now;
  }

  private void announce(Tx tx, BroadcastId id) {
    tx.afterCommit(() -> bus.publish(BroadcastNews.TOPIC, new BroadcastNews(id)));
  }

  /** Per recipient, in the order of the snapshot, after this segment and place in it. */
  public List<Delivery> deliveries(
      BroadcastId id, int segment, int ord, int limit, Optional<String> state) {
    return deliveries.page(database, id, segment, ord, limit, state);
  }

  /**
   * What here depends on the keyring; what is hashed outlives its address and cannot be made anew.
   */
  public static List<SealedTable> sealedTables() {
    return List.of(
        new SealedTable(
            "engine.grp",
            List.of(new Sealed("name_sealed", GROUP)),
            List.of(new Hashed("key_hash", "name_sealed", name -> name))),
        Contents.SEALED_TABLE,
        new SealedTable("engine.recipient", List.of(new Sealed("holes", HOLES)), List.of()),
        new SealedTable(
            "engine.attempt", List.of(new Sealed("answer", SegmentRepository.ANSWER)), List.of()));
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
