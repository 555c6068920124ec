package org.tocsin.broadcasts;

import java.time.Duration;

/**
 * How fast a broadcast went, from its start.
 *
 * @param most until 95 of 100 deliveries were settled
 * @param all until the last one was
 */
public record Pace(long settled, Duration most, Duration all) {}
