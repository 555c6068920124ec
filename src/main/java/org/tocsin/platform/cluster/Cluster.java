package org.tocsin.platform.cluster;

import com.hazelcast.config.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings;

/**
 * Starts a node's Vert.x: alone, or as one of several. A port that is taken is the operator's to
 * mend; no other trouble with a cluster keeps a hub from starting. Closing it leaves the cluster.
 */
public final class Cluster {
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final int JOIN_SECONDS = 30;
  private static final int CONNECT_MILLIS = 2_000;

  private Cluster() {}

  /**
   * @param builders makes a fresh one for each attempt: in a cluster, and else without
   */
  public static Vertx start(
      Supplier<VertxBuilder> builders,
      VertxOptions options,
      Settings.Cluster cluster,
      MeterRegistry meters) {
    return Optional.of(cluster)
        .filter(Settings.Cluster::enabled)
        .flatMap(wanted -> join(builders.get(), options, wanted, meters))
        .orElseGet(() -> builders.get().with(options).build());
  }

  private static Optional<Vertx> join(
      VertxBuilder builder, VertxOptions options, Settings.Cluster cluster, MeterRegistry meters) {
    // Its first words come before it has read how it is set up
    System.setProperty("hazelcast.logging.type", "slf4j");
    InetAddress here = PrivateAddress.require(cluster.host());
    Config membership = Membership.config(cluster, here, new Companions(meters));
    Future<Vertx> joining =
        builder
            .with(reachable(options, here, cluster.newsPort()))
            .withClusterManager(new HazelcastClusterManager(membership))
            .buildClustered();
    try {
      return Optional.of(joining.await(JOIN_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException late) {
      joining.onSuccess(Vertx::close);
      alone(late);
    } catch (RuntimeException failure) {
      if (isTaken(failure)) {
        throw new InvalidSettings(
            List.of(
                "cluster.port %d or cluster.news_port %d is in use"
                    .formatted(cluster.port(), cluster.newsPort())));
      }
      alone(failure);
    }
    return Optional.empty();
  }

  private static void alone(Exception why) {
    log.atError()
        .setCause(why)
        .log("No cluster could be joined or made; until its restart this node hears of nobody");
  }

  private static VertxOptions reachable(VertxOptions options, InetAddress here, int port) {
    VertxOptions reachable = new VertxOptions(options);
    reachable
        .getEventBusOptions()
        .setHost(here.getHostAddress())
        .setPort(port)
        .setConnectTimeout(CONNECT_MILLIS);
    return reachable;
  }

  private static boolean isTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
