package org.tocsin.web;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.config.Settings;

/** Listens on the public port; several instances share it. */
public final class WebVerticle extends VerticleBase {
  private static final int HEADER_BYTES = 16 * 1024;
  private static final int URL_BYTES = 8 * 1024;
  private static final int IDLE_SECONDS = 75;

  private final Settings.Http http;
  private final Function<io.vertx.core.Vertx, Router> router;
  private @Nullable HttpServer server;

  public WebVerticle(Settings.Http http, Function<io.vertx.core.Vertx, Router> router) {
    this.http = http;
    this.router = router;
  }

  @Override
  public Future<?> start() {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(http.host())
                    .setPort(http.port())
                    .setMaxHeaderSize(HEADER_BYTES)
                    .setMaxInitialLineLength(URL_BYTES)
                    .setMaxFormAttributeSize(SiteRouter.BODY_BYTES)
                    .setIdleTimeout(IDLE_SECONDS))
            .requestHandler(router.apply(vertx));
    return server.listen();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown();
  }
}
