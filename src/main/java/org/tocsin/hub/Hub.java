package org.tocsin.hub;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.WishTally;
import org.tocsin.broadcasts.DispatchVerticle;
import org.tocsin.broadcasts.SendingRate;
import org.tocsin.channels.email.EmailChannel;
import org.tocsin.channels.email.dkim.DkimSigner;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.cluster.Cluster;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseClock;
import org.tocsin.platform.observability.ManagementVerticle;
import org.tocsin.platform.observability.ReadinessCheck;
import org.tocsin.web.WebVerticle;

/**
 * A running hub. {@link #close} drains it: no new work, what is in flight is finished and settled.
 */
public final class Hub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hub.class);
  private static final int DEPLOY_SECONDS = 30;
  private static final int DRAIN_SECONDS = 30;
  private static final int FAREWELL_SECONDS = 5;
  private static final int CLOSE_SECONDS = 10;

  private final Settings settings;
  private final Storage storage;
  private final PrometheusMeterRegistry metrics;
  private final Vertx vertx;
  private final List<AutoCloseable> leaving = new ArrayList<>();
  private final List<AutoCloseable> closing = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();
  private Optional<JsonObject> demoAccess = Optional.empty();
  private final Database hub;
  private final Database site;
  private final Database courier;

  private Hub(Settings settings, Storage storage) {
    this.settings = settings;
    this.storage = storage;
    this.metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.vertx =
        Cluster.start(
            () -> Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics)),
            new VertxOptions()
                .setMetricsOptions(
                    new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(true)),
            settings.cluster(),
            metrics);
    this.hub = storage.hub(vertx);
    this.site = storage.site(vertx);
    this.courier = storage.courier(vertx);
  }

  public static Hub start(Settings settings) {
    return start(settings, InstantSource.system());
  }

  /**
   * @param machine this machine's clock; the hub goes by the database's, and tells how they differ
   */
  public static Hub start(Settings settings, InstantSource machine) {
    // Before anything is touched: a key that cannot sign is told at once.
    DkimSigner.of(settings.smtp().dkim());
    Storage storage = Storage.attachForHub(settings);
    try {
      // Before the first change to the database: whoever lost the keys is told so, and nothing
      // more.
      Keyring keyring = storage.keyringOfHub();
      if (settings.database().migrate()) {
        storage.migrate();
      }
      storage.mark(keyring);
      Hub started = new Hub(settings, storage);
      try {
        started.deploy(keyring, machine);
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

  private void deploy(Keyring keyring, InstantSource machine) {
    Features features = new Features(settings, vertx, keyring, hub, site, clock(machine));
    features.newsletters.sealLeftPlain();
    features.broadcasts.sealLeftPlain();
    FunctionCounter.builder("tocsin.news.elsewhere", features.bus, Bus::heardFromElsewhere)
        .description("Doorbells that another node rang")
        .register(metrics);
    measure("tocsin.sign.ups", features.signUpTally);
    measure("tocsin.applications", features.applicationTally);
    Relay relay = Relay.of(settings, storage, features.clock);
    closing.add(relay);
    WebWiring web = new WebWiring(features, vertx, relay.mailbox());
    FunctionCounter.builder("tocsin.forwarded.unnamed", web, WebWiring::forwardedByUnnamed)
        .description("Requests that say they were forwarded, by peers that nobody named")
        .register(metrics);
    settings.http().unnamedProxy().ifPresent(log::warn);
    Demonstration demonstration = new Demonstration(features, storage);
    if (settings.demo()) {
      demoAccess = Optional.of(demonstration.prepare());
    }
    RelayWatch watch = new RelayWatch(vertx, settings, relay, features.languages, metrics);
    deploy("engine", 1, () -> engine(features, relay, watch));
    deploy("housekeeping", 1, () -> new HousekeepingVerticle(features));
    deploy("web", settings.http().instances(), () -> new WebVerticle(settings.http(), web::router));
    demoAccess.ifPresent(demonstration::listen);
    deploy(
        "management",
        1,
        () -> new ManagementVerticle(settings.management(), metrics, checks(features, watch)));
    log.info("The hub is up");
  }

  /** Every label there can be stands there from the start. */
  private void measure(String name, WishTally tally) {
    FunctionCounter.builder(
            name + ".postponed", tally, held -> held.counted(WishTally.What.POSTPONED))
        .description("Letters that wait because of the pace of the network that asked for them")
        .register(metrics);
    Map.of(
            WishTally.What.NETWORK, "network",
            WishTally.What.HONEYPOT, "honeypot",
            WishTally.What.TOO_FAST, "too_fast",
            WishTally.What.SPENT, "spent")
        .forEach(
            (what, reason) ->
                FunctionCounter.builder(name + ".refused", tally, held -> held.counted(what))
                    .tag("reason", reason)
                    .description("What people asked for at a form and was not taken")
                    .register(metrics));
  }

  private InstantSource clock(InstantSource machine) {
    DatabaseClock clock = DatabaseClock.open(hub);
    leaving.add(clock);
    Gauge.builder(
            "tocsin.clock.ahead",
            () -> Duration.between(clock.instant(), machine.instant()).toMillis() / 1_000.0)
        .baseUnit("seconds")
        .description("How far this machine's clock is ahead of the database's")
        .register(metrics);
    return clock;
  }

  private DispatchVerticle engine(Features features, Relay relay, RelayWatch watch) {
    EmailChannel email =
        new EmailChannel(
            vertx,
            settings,
            relay.host(),
            relay.port(),
            watch.probe(),
            watch::count,
            features.clock);
    leaving.add(email);
    return new DispatchVerticle(
        hub,
        courier,
        features.keyring,
        features.bus,
        features.clock,
        features.audiences(),
        Map.of(
            email,
            settings.engine().emailSlots(),
            features.webhookChannel,
            settings.engine().webhookSlots()),
        settings.engine().domainRates(),
        Map.of(
            email.name(),
            new SendingRate(settings.engine().emailRate(), settings.engine().warmUp())),
        metrics);
  }

  private List<ReadinessCheck> checks(Features features, RelayWatch watch) {
    return List.of(
        new ReadinessCheck(
            "database",
            () -> hub.answers() ? Optional.empty() : Optional.of("the database does not answer")),
        new ReadinessCheck("smtp", watch::problem),
        new ReadinessCheck(
            "sending",
            () ->
                features.broadcasts.stuck() == 0
                    ? Optional.empty()
                    : Optional.of("a broadcast is stuck: nobody sends it")));
  }

  private void deploy(
      String what, int instances, java.util.function.Supplier<io.vertx.core.Deployable> verticle) {
    try {
      deployments.add(
          vertx
              .deployVerticle(
                  verticle,
                  new DeploymentOptions()
                      .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                      .setInstances(instances))
              .await(DEPLOY_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException late) {
      throw new IllegalStateException(what + " did not start in " + DEPLOY_SECONDS + " s", late);
    }
  }

  public String publicUrl() {
    return settings.http().publicUrl().toString();
  }

  /** For whoever started a demonstration by hand. */
  public void printWhereToLook() {
    PrintStream out = System.out;
    out.println();
    out.println("  Site       " + settings.http().link("/"));
    out.println("  Desk       " + settings.http().link("/desk"));
    out.println(
        settings.mailLeaves()
            ? "  Mail       really leaves, by " + settings.smtp().host().orElse("")
            : "  Mailbox    " + settings.http().link("/dev/mailbox"));
    out.println("  API        " + settings.http().link("/api/v1/openapi.yaml"));
    out.println();
    demoAccess.ifPresent(
        access -> {
          out.println("  Sign in to the desk, once each, as");
          out.println(
              "    newsletter editor  "
                  + access.getJsonObject("newsletter_editor").getString("sign_in_url"));
          out.println(
              "    approver           "
                  + access.getJsonObject("approver").getString("sign_in_url"));
          out.println("  All eight roles, with API tokens: " + storage.file(DemoStaff.FILE));
          out.println();
        });
    out.println("  Ctrl-C ends everything.");
    out.println();
  }

  @Override
  public void close() {
    closeParts();
    storage.close();
    log.info("The hub is down");
  }

  /**
   * All parts drain at once: who is told first to claim no more must not wait for the others.
   * Channels and clock take their leave while there is a Vert.x, which leaves the cluster when it
   * closes; by itself it would close the pools under what still drains.
   */
  private void closeParts() {
    Endings.await(
        "drain",
        DRAIN_SECONDS,
        Future.join(deployments.reversed().stream().map(vertx::undeploy).toList()));
    Endings.await("say goodbye", FAREWELL_SECONDS, Endings.of(leaving));
    Endings.await("close", CLOSE_SECONDS, vertx.close());
    Endings.close(closing);
  }
}
