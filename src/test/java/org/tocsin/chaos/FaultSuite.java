package org.tocsin.chaos;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Cases on one scene, because hubs start slowly; each interface holds those of one kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FaultSuite {
  private final Path folder;
  private ChaosScene scene;

  /**
   * @param name of the folder of all that is kept
   */
  FaultSuite(String name) {
    this.folder = Path.of("target", "chaos", name);
  }

  @BeforeAll
  void open() {
    scene = ChaosScene.open(folder);
  }

  @BeforeEach
  void begin() {
    scene.begin();
  }

  @AfterAll
  void close() throws IOException {
    scene.close();
  }

  public final ChaosScene scene() {
    return scene;
  }
}
