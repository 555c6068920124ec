package org.tocsin.broadcasts;

import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Tx;

/**
 * Whose broadcasts these are, as the engine needs them: by their rules alone a broadcast is paused,
 * resumed, cancelled or opened again, whoever asks for it and from where. The engine owns this
 * seam; features implement it, and what belongs to none of them takes no verb.
 */
public interface BroadcastOwner {
  /** As {@link Broadcasts#ownedBy} was told. */
  String name();

  /**
   * What somebody must be allowed who asks for this. Conflict where it cannot be asked of any of
   * these broadcasts; the message says what can.
   */
  Permission asks(BroadcastVerb verb);

  /**
   * Does it in this transaction and writes it down last, or refuses. Whoever asks may; nothing is
   * locked yet.
   */
  void perform(Tx tx, Progress broadcast, BroadcastVerb verb, StaffId by);
}
