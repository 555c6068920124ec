package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.platform.config.InvalidSettings;

/** One hub on a folder. */
class DataFolderTest {
  @Test
  void aSecondHubIsToldWhoHasTheFolder(@TempDir Path path) {
    try (DataFolder second = DataFolder.open(path)) {
      try (DataFolder first = DataFolder.open(path)) {
        first.lock();
        assertThatThrownBy(() -> second.lock(Duration.ZERO))
            .isInstanceOf(InvalidSettings.class)
            .hasMessage(
                "data_dir "
                    + path
                    + " is in use by another hub, process "
                    + ProcessHandle.current().pid());
      }
      second.lock(Duration.ofSeconds(5));
    }
  }
}
