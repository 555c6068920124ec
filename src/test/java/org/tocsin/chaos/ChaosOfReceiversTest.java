package org.tocsin.chaos;

import org.junit.jupiter.api.Order;

/** Relay and endpoints misbehave, staff and readers change their minds, clocks jump. */
@Order(2)
class ChaosOfReceiversTest extends FaultSuite
    implements RelayFaults, WebhookFaults, ControlCases, Leavers, ClockCases {
  ChaosOfReceiversTest() {
    super("receivers");
  }
}
