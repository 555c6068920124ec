package org.tocsin.alerts;

import java.util.List;
import org.tocsin.broadcasts.Delivery;

/**
 * How far a stop has come.
 *
 * @param known whether it is still kept who had any of it
 * @param reached who may have read something of the chain, by each way
 * @param told who has the stop
 * @param untold the first of the others, once it is known who they are
 */
public record Told(boolean known, long reached, long told, List<Untold> untold) {
  /**
   * One who does not have it.
   *
   * @param member a member; else an endpoint
   */
  public record Untold(boolean member, Delivery delivery) {}

  public Told {
    untold = List.copyOf(untold);
  }

  public long left() {
    return Math.max(0, reached - told);
  }
}
