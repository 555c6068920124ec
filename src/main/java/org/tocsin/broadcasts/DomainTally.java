package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.Optional;

/**
 * How often a mail domain took, put off and refused a broadcast's messages. Told beside the ledger:
 * a crash may lose the last second of it.
 *
 * @param name empty for all that are not named
 * @param closedUntil while it wants nothing
 */
public record DomainTally(
    Optional<String> name,
    int accepted,
    int deferred,
    int refused,
    Optional<Instant> closedUntil) {}
