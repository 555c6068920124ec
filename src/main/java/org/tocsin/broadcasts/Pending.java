package org.tocsin.broadcasts;

import java.util.Map;

/**
 * A recipient not yet settled.
 *
 * @param tries made so far in this turn
 * @param inDoubt an earlier try may have arrived
 * @param queued it waited already, for its hour or for another try
 * @param letIn its group let it in just now
 */
record Pending(
    int segment,
    int ord,
    int turn,
    long target,
    Map<String, String> holes,
    int tries,
    boolean inDoubt,
    boolean queued,
    boolean letIn) {}
