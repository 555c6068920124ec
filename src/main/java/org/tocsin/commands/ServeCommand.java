package org.tocsin.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the hub until it is told to stop. */
@Command(name = "serve", description = "Run the hub.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Mixin private final SettingsOption settings = new SettingsOption();

  @Override
  public Integer call() {
    return Running.untilStopped(
        () -> Running.hub(settings.loadForHub()),
        hub -> System.out.println("Tocsin listens on " + hub.publicUrl()));
  }
}
