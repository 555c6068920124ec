package org.tocsin.platform.observability;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.config.Settings;

/** The management port: {@code /health/live}, {@code /health/ready}, {@code /metrics}. */
public final class ManagementVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ManagementVerticle.class);
  private static final long CHECK_MILLIS = 4_000;

  private final Settings.Management settings;
  private final PrometheusMeterRegistry metrics;
  private final List<ReadinessCheck> checks;
  private @Nullable HttpServer server;

  public ManagementVerticle(
      Settings.Management settings, PrometheusMeterRegistry metrics, List<ReadinessCheck> checks) {
    this.settings = settings;
    this.metrics = metrics;
    this.checks = List.copyOf(checks);
  }

  @Override
  public Future<?> start() {
    HealthChecks ready = HealthChecks.create(vertx);
    checks.forEach(
        check -> ready.register(check.name(), CHECK_MILLIS, promise -> look(check, promise)));
    HttpServer listening =
        vertx.createHttpServer().requestHandler(request -> answer(request, ready));
    server = listening;
    return listening.listen(settings.port(), settings.host());
  }

  private static void look(ReadinessCheck check, Promise<Status> promise) {
    Thread.ofVirtual()
        .name("check " + check.name())
        .start(
            () -> {
              Optional<String> problem;
              try {
                problem = check.problem().get();
              } catch (RuntimeException failure) {
                log.atWarn()
                    .addKeyValue("check", check.name())
                    .setCause(failure)
                    .log("A readiness check failed");
                problem = Optional.of(failure.getClass().getSimpleName());
              }
              promise.tryComplete(
                  problem
                      .map(text -> Status.KO(new JsonObject().put("problem", text)))
                      .orElseGet(Status::OK));
            });
  }

  private void answer(HttpServerRequest request, HealthChecks ready) {
    String path = request.path() == null ? "" : request.path();
    switch (path) {
      case "/health/live" -> json(request, 200, new JsonObject().put("status", "UP"));
      case "/health/ready" ->
          ready
              .checkStatus()
              .onSuccess(
                  result -> json(request, CheckResult.isUp(result) ? 200 : 503, result.toJson()))
              .onFailure(failure -> json(request, 503, new JsonObject().put("status", "DOWN")));
      case "/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(metrics.scrape());
      default ->
          json(request, 404, new JsonObject().put("paths", "/health/live /health/ready /metrics"));
    }
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }
}
