package org.tocsin.commands;

import java.util.concurrent.Callable;
import org.tocsin.hub.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the database's schema to this version and ends. */
@Command(
    name = "migrate",
    description = "Bring the database to this version.",
    mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
  @Mixin private final SettingsOption settings = new SettingsOption();

  @Override
  public Integer call() {
    try (Storage storage = Storage.attach(settings.load())) {
      storage.migrate();
    }
    System.out.println("The database is at this version.");
    return 0;
  }
}
