package org.tocsin.commands;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tocsin.hub.Hub;

/** Keeps a hub running until the process is asked to end, then lets it drain. */
final class Running {
  private Running() {}

  static int untilStopped(Supplier<Hub> start, Consumer<Hub> ready) {
    Hub hub = start.get();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      hub.close();
                      stopped.countDown();
                    }));
    ready.accept(hub);
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
