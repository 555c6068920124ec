package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.channels.Destination;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * Letters to one person (confirmations, sign-in links), each a broadcast of one: the same ledger,
 * retry and crash safety as everything else. Its audience is the address sealed in the recipient's
 * holes. Nobody pauses or cancels somebody's sign-in or confirmation, and none is sent twice at
 * another's wish: who wants a letter asks for it again.
 */
public final class DirectMail implements Audience, BroadcastOwner {
  static final String NAME = "direct";
  private static final String TO = "to";
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Broadcasts broadcasts;
  private final OwnedBroadcasts own;
  private final LookupHash lookup;
  private final InstantSource clock;

  public DirectMail(Broadcasts broadcasts, LookupHash lookup, InstantSource clock) {
    this.broadcasts = broadcasts;
    this.own = broadcasts.ownedBy(NAME);
    this.lookup = lookup;
    this.clock = clock;
  }

  /** Queues the letter; it leaves after the commit. */
  public BroadcastId send(Tx tx, DirectMessage message) {
    Instant now = clock.instant();
    Map<String, String> holes = new LinkedHashMap<>(message.holes());
    holes.put(TO, message.address());
    return own.startSingle(
        tx,
        new BroadcastOrder(
            Optional.empty(),
            "email",
            Lane.TRANSACTIONAL,
            message.kind(),
            message.kind(),
            NAME,
            new JsonObject(),
            Map.of(message.language(), message.content().toJson()),
            BroadcastOrder.InDoubtPolicy.RESEND,
            now,
            message.expiresAt().isAfter(now.plus(SOON)) ? message.expiresAt() : now.plus(SOON)),
        broadcasts.sealHoles(holes));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Permission asks(BroadcastVerb verb) {
    throw new Conflict(
        "letter_to_one", "A letter to one person goes its way; whoever needs it asks for another");
  }

  @Override
  public void perform(Tx tx, Progress broadcast, BroadcastVerb verb, StaffId by) {
    throw new IllegalStateException("nobody may ask for this");
  }

  @Override
  public List<Long> membersAfter(Sql sql, JsonObject selection, long target, int limit) {
    return List.of();
  }

  @Override
  public long count(Sql sql, JsonObject selection) {
    return 1;
  }

  @Override
  public Map<Long, Addressee> reach(Sql courier, JsonObject selection, List<Recipient> recipients) {
    Map<Long, Addressee> reached = new LinkedHashMap<>();
    for (Recipient recipient : recipients) {
      Map<String, String> holes = new LinkedHashMap<>(recipient.holes());
      String address = holes.remove(TO);
      if (address != null) {
        reached.put(
            recipient.target(),
            new Addressee.Reachable(
                new Destination.Mailbox(address), "", holes, lookup.allOf(address)));
      }
    }
    return reached;
  }
}
