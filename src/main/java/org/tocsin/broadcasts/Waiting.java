package org.tocsin.broadcasts;

import java.time.Instant;

/**
 * Those of a broadcast who are pending because their audience put them off.
 *
 * @param until when the first of them is due
 */
public record Waiting(int many, Instant until) {}
