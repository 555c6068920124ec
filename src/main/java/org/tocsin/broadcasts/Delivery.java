package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of one recipient.
 *
 * @param id as it travels: the local part of the Message-ID
 * @param state a result of the ledger, or PENDING, RETRYING, or WAITING for an hour that its
 *     audience named
 * @param reached something of it may have been read, whatever the state, see {@link Reached}
 * @param doubled an earlier try may have arrived too
 */
public record Delivery(
    String id,
    long target,
    int segment,
    int ord,
    String state,
    String code,
    int attempts,
    boolean doubled,
    boolean reached,
    Optional<Instant> at,
    Optional<Instant> nextTry) {}
