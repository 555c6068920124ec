package org.tocsin.chaos;

import org.junit.jupiter.api.Order;

/** Hubs die, sleep, lose one another and their database. */
@Order(1)
class ChaosOfNodesTest extends FaultSuite
    implements Crashes, AlertCases, DatabaseFaults, ClusterCases, NodeCases {
  ChaosOfNodesTest() {
    super("nodes");
  }
}
