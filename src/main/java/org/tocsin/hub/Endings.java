package org.tocsin.hub;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the parts of a hub end: what fails or is late is told, and does not keep the others. */
final class Endings {
  private static final Logger log = LoggerFactory.getLogger(Endings.class);

  private Endings() {}

  /**
   * @param what the parts should do
   */
  static void await(String what, int seconds, Future<?> ending) {
    try {
      ending.await(seconds, TimeUnit.SECONDS);
    } catch (Exception late) {
      log.atWarn().setCause(late).log("A part did not {} in {} s", what, seconds);
    }
  }

  /** Of parts that wait while they close. */
  static Future<?> of(List<AutoCloseable> parts) {
    Promise<Void> closed = Promise.promise();
    Thread.ofVirtual()
        .name("closing")
        .start(
            () -> {
              close(parts);
              closed.complete();
            });
    return closed.future();
  }

  static void close(List<AutoCloseable> parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failure) {
        log.atWarn().setCause(failure).log("A part did not close");
      }
    }
  }
}
