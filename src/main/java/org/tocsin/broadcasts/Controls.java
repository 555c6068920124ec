package org.tocsin.broadcasts;

import java.util.function.BiFunction;
import org.tocsin.audit.Audit;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/** What staff do to a broadcast, each in one transaction with its audit entry. */
public final class Controls {
  private final Database database;
  private final Broadcasts broadcasts;
  private final Audit audit;

  public Controls(Database database, Broadcasts broadcasts, Audit audit) {
    this.database = database;
    this.broadcasts = broadcasts;
    this.audit = audit;
  }

  public Progress pause(BroadcastId id, String actor) {
    return audited(id, actor, "broadcast.paused", broadcasts::pause);
  }

  public Progress resume(BroadcastId id, String actor) {
    return audited(id, actor, "broadcast.resumed", broadcasts::resume);
  }

  public Progress cancel(BroadcastId id, String actor) {
    return audited(id, actor, "broadcast.cancelled", broadcasts::cancel);
  }

  public Progress retryFailed(BroadcastId id, String actor) {
    return audited(id, actor, "broadcast.retried", broadcasts::retryFailed);
  }

  public Progress resendInDoubt(BroadcastId id, String actor) {
    return audited(id, actor, "broadcast.resent", broadcasts::resendInDoubt);
  }

  private Progress audited(
      BroadcastId id, String actor, String action, BiFunction<Tx, BroadcastId, Progress> verb) {
    return database.transaction(
        tx -> {
          Progress now = verb.apply(tx, id);
          audit.record(tx, actor, action, "broadcast:" + id.value());
          return now;
        });
  }
}
