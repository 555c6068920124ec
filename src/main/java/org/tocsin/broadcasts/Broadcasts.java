package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Hashed;
import org.tocsin.platform.database.SealedTable.Sealed;

/**
 * Tells how broadcasts stand, and deals out to each owner what it alone may do with its own ({@link
 * #ownedBy}). There is no other way to start, pause or end one.
 */
public final class Broadcasts {
  private static final String HOLES = "recipient.holes";
  static final String GROUP = "group.name";

  private final Database database;
  private final Sealer sealer;
  private final Bus bus;
  private final Set<String> owners = ConcurrentHashMap.newKeySet();
  private final ContentRepository contents;
  private final BroadcastRepository broadcasts;
  private final DeliveryRepository deliveries;
  private final TallyRepository tallies;
  private final CutRepository cuts = new CutRepository();
  private final Reached reached = new Reached();

  public Broadcasts(Database database, Sealer sealer, OpaqueIds ids, Bus bus) {
    this.deliveries = new DeliveryRepository(ids);
    this.tallies = new TallyRepository(sealer);
    this.contents = new ContentRepository(sealer);
    this.broadcasts = new BroadcastRepository(contents);
    this.database = database;
    this.sealer = sealer;
    this.bus = bus;
  }

  /** Before anything is sent: seals what of the bulk an earlier version left plain. */
  public void sealLeftPlain() {
    contents.sealLeftPlain(database);
  }

  /**
   * What only the owner of broadcasts does. Dealt once for each name, by whoever puts the hub
   * together, so that nobody comes by another's.
   */
  public OwnedBroadcasts ownedBy(String owner) {
    if (!owners.add(owner)) {
      throw new IllegalStateException("the broadcasts of " + owner + " have an owner already");
    }
    return new OwnedBroadcasts(owner, broadcasts, bus);
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

  /** Per recipient, in the order of the snapshot, after this segment and place in it. */
  public List<Delivery> deliveries(
      BroadcastId id, int segment, int ord, int limit, Optional<String> state) {
    return deliveries.page(database, id, segment, ord, limit, state);
  }

  /** Who does not have it, not yet or not at all, in the order of the snapshot. */
  public List<Delivery> without(BroadcastId id, int limit) {
    return deliveries.without(database, id, limit);
  }

  /**
   * How many may have read any of these, whatever was answered; as much as is known of it, which is
   * nothing once single deliveries are no longer kept.
   */
  public long reached(List<BroadcastId> ids) {
    return reached(ids, List.of());
  }

  /** The same, and those of whom the owner knows that they read it without it. */
  public long reached(List<BroadcastId> ids, List<Long> others) {
    return reached.count(database, new Reached.Whom(ids, others));
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
        ContentRepository.SEALED_TABLE,
        new SealedTable("engine.recipient", List.of(new Sealed("holes", HOLES)), List.of()),
        new SealedTable(
            "engine.attempt", List.of(new Sealed("answer", SegmentRepository.ANSWER)), List.of()));
  }

  byte[] sealHoles(Map<String, String> holes) {
    return sealHoles(sealer, holes);
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
