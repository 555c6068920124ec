package org.tocsin.platform.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.ServerSocketEndpointConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.tocsin.platform.config.Settings;

/** How Hazelcast is set up: for members that are named, on one address, and for nothing else. */
final class Membership {
  private static final int CONNECT_SECONDS = 2;

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.metrics.enabled", "false"),
          // A start waits for nobody, and an end not for long
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.max.join.seconds", "20"),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "3"),
          Map.entry("hazelcast.cluster.shutdown.timeout.seconds", "3"),
          // A node that is silent is soon nobody's, and found again when it speaks
          Map.entry("hazelcast.heartbeat.interval.seconds", "2"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
          Map.entry("hazelcast.operation.call.timeout.millis", "15000"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
          // There is next to nothing to share out
          Map.entry("hazelcast.partition.count", "31"));

  private static final List<String> KNOWN =
      List.of(
          "java.lang.",
          "java.util.",
          "java.io.",
          "java.net.",
          "com.hazelcast.",
          "io.vertx.spi.cluster.hazelcast.");

  private Membership() {}

  static Config config(Settings.Cluster cluster, InetAddress here, Companions companions) {
    Config config = new Config().setClusterName(cluster.name());
    PROPERTIES.forEach(config::setProperty);
    config.setAdvancedNetworkConfig(network(cluster, here));
    config.getSerializationConfig().setJavaSerializationFilterConfig(knownClasses());
    config
        .addMultiMapConfig(
            new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(ValueCollectionType.SET))
        .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1))
        .addListenerConfig(new ListenerConfig(companions));
    return config;
  }

  /** An endpoint for members alone: what is not named here (clients, REST) is not served. */
  private static AdvancedNetworkConfig network(Settings.Cluster cluster, InetAddress here) {
    AdvancedNetworkConfig network = new AdvancedNetworkConfig().setEnabled(true);
    ServerSocketEndpointConfig endpoint =
        new ServerSocketEndpointConfig().setPort(cluster.port()).setPortAutoIncrement(false);
    endpoint.setInterfaces(
        new InterfacesConfig().setEnabled(true).addInterface(here.getHostAddress()));
    network.setMemberEndpointConfig(endpoint);
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds(CONNECT_SECONDS)
        .setMembers(cluster.members());
    return network;
  }

  /** Failures travel too, with what they are made of: an answer that cannot be read never comes. */
  private static JavaSerializationFilterConfig knownClasses() {
    JavaSerializationFilterConfig filter =
        new JavaSerializationFilterConfig().setDefaultsDisabled(true);
    for (String known : KNOWN) {
      filter.getWhitelist().addPrefixes(known, "[L" + known);
    }
    return filter;
  }
}
