package org.tocsin.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import picocli.CommandLine.Option;

/**
 * {@code --conf FILE}; without it {@code ./conf/tocsin.yaml} where there is one, else the defaults.
 */
public final class SettingsOption {
  private static final Path USUAL = Path.of("conf", "tocsin.yaml");

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "The settings file (default: conf/tocsin.yaml where there is one).")
  private @Nullable Path file;

  /** For a command that sends no mail: it needs no relay. */
  public Settings load() {
    return load(false);
  }

  /** For a hub, and for whoever judges whether one could run. */
  public Settings loadForHub() {
    return load(true);
  }

  private Settings load(boolean sendsMail) {
    if (file != null) {
      return SettingsLoader.fromFile(file, System.getenv(), sendsMail);
    }
    return Files.exists(USUAL)
        ? SettingsLoader.fromFile(USUAL, System.getenv(), sendsMail)
        : SettingsLoader.defaults(System.getenv(), sendsMail);
  }

  /** For {@code demo}: the built-in settings of a demonstration. */
  public Settings loadDemo() {
    return file != null
        ? SettingsLoader.fromFile(file, System.getenv())
        : SettingsLoader.fromResource("/dev.yaml", System.getenv());
  }
}
