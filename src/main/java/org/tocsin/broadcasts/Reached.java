package org.tocsin.broadcasts;

import java.util.List;
import org.tocsin.platform.database.Sql;

/**
 * Who got a message or may have got it: those to whom a STOP must go, and nobody else.
 *
 * <p>Settled as sent or in doubt in any turn; tried once without an answer; or granted to a sender
 * and not settled yet. Somebody who was refused, suppressed, withheld or cancelled was not reached.
 */
public final class Reached {
  private final ReachedRepository reached = new ReachedRepository();

  /** In ascending order of target, at most {@code limit}; fewer means the end. Hub's role. */
  public List<Long> after(Sql sql, List<BroadcastId> broadcasts, long target, int limit) {
    return reached.after(sql, broadcasts, target, limit);
  }

  public long count(Sql sql, List<BroadcastId> broadcasts) {
    return reached.count(sql, broadcasts);
  }
}
