package org.tocsin.broadcasts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * What is asked of broadcasts, by whomever and from wherever: handed to the owner in one
 * transaction. Whoever calls has asked for the route's {@code Permission}; the owner's is asked for
 * here.
 */
public final class Controls {
  private final Database database;
  private final Broadcasts broadcasts;
  private final Standstill standstill;
  private final Map<String, BroadcastOwner> owners;

  public Controls(
      Database database,
      Broadcasts broadcasts,
      Standstill standstill,
      List<? extends BroadcastOwner> owners) {
    this.database = database;
    this.broadcasts = broadcasts;
    this.standstill = standstill;
    this.owners =
        owners.stream()
            .collect(Collectors.toUnmodifiableMap(BroadcastOwner::name, Function.identity()));
  }

  /**
   * Forbidden {@code role_missing}; Conflict {@code owner_unknown}, {@code everything_held}, {@code
   * not_paused} and the like, or what the owner says.
   *
   * @return how it stands then
   */
  public Progress perform(BroadcastId id, BroadcastVerb verb, StaffMember by) {
    Progress before = broadcasts.find(id).orElseThrow(() -> new NotFound("broadcast"));
    BroadcastOwner owner =
        owner(before)
            .orElseThrow(
                () ->
                    new Conflict(
                        "owner_unknown", "Nobody knows whose this is, so nothing is done to it"));
    if (!by.may(owner.asks(verb))) {
      throw new Forbidden(
          "role_missing", "Your roles do not allow this (" + owner.asks(verb).word() + ")");
    }
    if (verb.sends() && standstill.current().isPresent()) {
      throw Standstill.held();
    }
    // Should one begin just now, what this lets go stands still.
    database.inTransaction(
        tx -> {
          // The account that was stolen must not end by itself what the hold only halts.
          if (verb.endsForGood()) {
            standstill.requireNone(tx);
          }
          owner.perform(tx, before, verb, by.id());
        });
    return broadcasts.find(id).orElseThrow();
  }

  /** Whether this can be asked of it at all, and by them; how it stands is asked for later. */
  public boolean offers(Progress broadcast, BroadcastVerb verb, StaffMember to) {
    try {
      return owner(broadcast).map(owner -> to.may(owner.asks(verb))).orElse(false);
    } catch (Conflict never) {
      return false;
    }
  }

  private Optional<BroadcastOwner> owner(Progress broadcast) {
    return Optional.ofNullable(owners.get(broadcast.owner()));
  }
}
