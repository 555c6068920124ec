package org.tocsin.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.cases.Reference;

/**
 * A chain as a member behind the portal's door may see it: made from what two people approved for
 * their circle, and from nothing else.
 *
 * @param versions the latest first; empty while the chain is held, and once it was stopped
 * @param since when the latest was let go, or the chain stopped
 */
public record Reading(
    ChainId chain, Reference reference, Standing standing, List<Version> versions, Instant since) {
  public enum Standing {
    /** There is something to do or to know. */
    OPEN,
    EXPIRED,
    CLOSED,
    HELD,
    STOPPED
  }

  /** One message, as it was approved. */
  public record Version(Frozen message, Instant at) {}

  public Optional<Version> latest() {
    return versions.stream().findFirst();
  }

  /** Whether members are asked to act. */
  public boolean asks() {
    return standing == Standing.OPEN
        && latest().filter(one -> one.message().draft().kind() == AlertKind.ACTION).isPresent();
  }
}
