package org.tocsin.platform.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings;

/** Starts a node's Vert.x: alone, or as one of several. Closing it leaves the cluster. */
public final class Cluster {
  private static final int JOIN_SECONDS = 60;
  private static final int CONNECT_MILLIS = 2_000;

  private Cluster() {}

  public static Vertx start(
      VertxBuilder builder, VertxOptions options, Settings.Cluster cluster, MeterRegistry meters) {
    if (!cluster.enabled()) {
      return builder.with(options).build();
    }
    // Its first words come before it has read how it is set up
    System.setProperty("hazelcast.logging.type", "slf4j");
    InetAddress here = PrivateAddress.require(cluster.host());
    options
        .getEventBusOptions()
        .setHost(here.getHostAddress())
        .setPort(cluster.newsPort())
        .setConnectTimeout(CONNECT_MILLIS);
    try {
      return builder
          .with(options)
          .withClusterManager(
              new HazelcastClusterManager(Membership.config(cluster, here, new Companions(meters))))
          .buildClustered()
          .await(JOIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new InvalidSettings(
          List.of("cluster.members: no cluster was joined or made in " + JOIN_SECONDS + " s"));
    } catch (RuntimeException failure) {
      throw new InvalidSettings(
          List.of(
              "cluster.port %d or cluster.news_port %d cannot be used: %s"
                  .formatted(cluster.port(), cluster.newsPort(), failure.getMessage())));
    }
  }
}
