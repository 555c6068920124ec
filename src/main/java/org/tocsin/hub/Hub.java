package org.tocsin.hub;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Database;
import org.tocsin.web.WebVerticle;

/**
 * A running hub. {@link #close} drains it: no new work, what is in flight is finished and settled.
 */
public final class Hub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hub.class);
  private static final int DEPLOY_SECONDS = 30;
  private static final int DRAIN_SECONDS = 30;

  private final Settings settings;
  private final Storage storage;
  private final Vertx vertx;
  private final Database hub;
  private final Database site;
  private final Database courier;

  private Hub(Settings settings, Storage storage) {
    this.settings = settings;
    this.storage = storage;
    this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    this.hub = storage.hub(vertx);
    this.site = storage.site(vertx);
    this.courier = storage.courier(vertx);
  }

  public static Hub start(Settings settings) {
    Storage storage = Storage.attach(settings);
    try {
      storage.lockForHub();
      if (settings.database().migrate()) {
        storage.migrate();
      }
      Hub started = new Hub(settings, storage);
      try {
        started.deploy();
      } catch (Throwable failure) {
        started.closeParts();
        throw failure;
      }
      return started;
    } catch (Throwable failure) {
      storage.close();
      throw failure;
    }
  }

  private void deploy() {
    Features features = new Features(settings, vertx, storage.keyring(), hub, site, courier, InstantSource.system());
    WebWiring web = new WebWiring(features, vertx);
    deploy(
        "web", settings.http().instances(), () -> new WebVerticle(settings.http(), web::router));
    log.info("The hub is up");
  }

  private void deploy(
      String what, int instances, java.util.function.Supplier<io.vertx.core.Deployable> verticle) {
    try {
      vertx
          .deployVerticle(
              verticle,
              new DeploymentOptions()
                  .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                  .setInstances(instances))
          .await(DEPLOY_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(what + " did not start in " + DEPLOY_SECONDS + " s", late);
    }
  }

  public String publicUrl() {
    return settings.http().publicUrl().toString();
  }

  public void printWhereToLook() {
    PrintStream out = System.out;
    out.println();
    out.println("  Site       " + settings.http().link("/"));
    out.println("  Desk       " + settings.http().link("/desk"));
    out.println("  Mailbox    " + settings.http().link("/dev/mailbox"));
    out.println();
  }

  @Override
  public void close() {
    closeParts();
    storage.close();
    log.info("The hub is down");
  }

  private void closeParts() {
    try {
      vertx.close().await(DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      log.warn("The hub did not drain in {} s", DRAIN_SECONDS);
    }
  }
}
