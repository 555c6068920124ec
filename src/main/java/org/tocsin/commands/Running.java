package org.tocsin.commands;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tocsin.hub.Hub;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.observability.Logs;

/** Keeps a hub running until the process is asked to end, then lets it drain. */
final class Running {
  private Running() {}

  /** From here on the log is as the settings have it; what could not be read was told as text. */
  static Hub hub(Settings settings) {
    Logs.write(settings.log());
    return Hub.start(settings);
  }

  /**
   * The hook stands before the start: a signal in the middle of it waits for its end, so that no
   * database is left behind.
   */
  static int untilStopped(Supplier<Hub> start, Consumer<Hub> ready) {
    CompletableFuture<Optional<Hub>> started = new CompletableFuture<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      started.join().ifPresent(Hub::close);
                      stopped.countDown();
                    }));
    try {
      Hub hub = start.get();
      started.complete(Optional.of(hub));
      ready.accept(hub);
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      started.complete(Optional.empty());
    }
    return 0;
  }
}
