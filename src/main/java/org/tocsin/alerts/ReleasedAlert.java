package org.tocsin.alerts;

import java.time.Instant;
import java.util.Map;
import org.tocsin.broadcasts.BroadcastId;

/**
 * A message that was released.
 *
 * @param broadcasts by channel
 * @param at when its last look is over
 */
public record ReleasedAlert(Alert alert, Map<String, BroadcastId> broadcasts, Instant at) {}
