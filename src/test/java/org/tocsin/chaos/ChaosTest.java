package org.tocsin.chaos;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** All cases on one scene, because hubs start slowly; each interface holds those of one kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class ChaosTest
    implements Crashes,
        RelayFaults,
        WebhookFaults,
        AlertCases,
        ControlCases,
        DatabaseFaults,
        ClusterCases,
        ClockCases,
        NodeCases,
        Leavers {
  private ChaosScene scene;

  @BeforeAll
  void open() {
    scene = ChaosScene.open(Path.of("target/chaos"));
  }

  @BeforeEach
  void begin() {
    scene.begin();
  }

  @AfterAll
  void close() throws IOException {
    scene.close();
  }

  @Override
  public ChaosScene scene() {
    return scene;
  }
}
