package org.tocsin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.tocsin.hub.FirstStart;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.database.ServerAddress;

/**
 * A demonstration that was filled once per test run, for every hub that begins with one. What it
 * invents is sealed, so a copy of the database goes with a copy of its keys.
 */
final class TestDemonstration {
  private static final String NAME = "demonstration";

  private TestDemonstration() {}

  /**
   * A fresh copy.
   *
   * @param folder the data folder of the hub to be: it gets the keys and the staff's ways in
   */
  static ServerAddress into(Path folder) {
    Path filled = TestPostgres.folder(NAME);
    String template = TestPostgres.template(NAME, database -> fill(database, filled));
    copy(filled, folder);
    return TestPostgres.copyOf(template);
  }

  private static void fill(ServerAddress database, Path folder) {
    TestPostgres.delete(folder);
    var environment =
        HubEnvironment.of(database, folder, HubEnvironment.freePort(), HubEnvironment.freePort());
    FirstStart.of(SettingsLoader.fromResource("/dev.yaml", environment));
  }

  /** Who may read a file is copied too: a hub refuses keys that others can read. */
  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      List<Path> all = files.sorted().toList();
      for (Path file : all) {
        Path copy = to.resolve(from.relativize(file));
        if (!Files.isDirectory(copy)) {
          Files.createDirectories(copy.getParent());
          Files.copy(
              file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
