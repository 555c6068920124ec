package org.tocsin.commands;

import java.util.concurrent.Callable;
import org.tocsin.hub.Hub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs the hub with nothing but this machine: embedded database, captured mailbox, invented people.
 */
@Command(
    name = "demo",
    description = "Run a demonstration hub on this machine.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Mixin private final SettingsOption settings = new SettingsOption();

  @Option(
      names = "--with-parent",
      hidden = true,
      description = "End when the program that started this one ends.")
  private boolean withParent;

  @Override
  public Integer call() {
    if (withParent) {
      ProcessHandle.current().parent().ifPresent(DemoCommand::endWith);
    }
    return Running.untilStopped(() -> Running.hub(settings.loadDemo()), Hub::printWhereToLook);
  }

  /** A signal to Maven alone would leave the hub running. */
  private static void endWith(ProcessHandle parent) {
    Thread.ofVirtual()
        .name("parent")
        .start(
            () -> {
              parent.onExit().join();
              System.exit(0);
            });
  }
}
