package org.tocsin.hub;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;

/**
 * What a demonstration's first start leaves in its database and its folder, without anybody who
 * sends, listens or cleans up. Its endpoints, which know its port, come with the next start.
 */
public final class FirstStart {
  private FirstStart() {}

  public static void of(Settings settings) {
    Vertx vertx = Vertx.vertx();
    try (Storage storage = Storage.attachForHub(settings)) {
      Keyring keyring = storage.keyringOfHub();
      storage.mark(keyring);
      try (Database hub = storage.hub(vertx);
          Database site = storage.site(vertx)) {
        new Demonstration(
                new Features(settings, vertx, keyring, hub, site, InstantSource.system()), storage)
            .prepare();
      }
    } finally {
      vertx.close().await();
    }
  }
}
