package org.tocsin.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.bus.Topic;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings;

/** Nodes of one process that hear one another, or do not. */
class ClusterTest {
  private record Rang() {}

  private static final Topic<Rang> RANG = topic("test.rang");
  private static final Topic<Rang> ONCE = topic("test.once");

  private static Topic<Rang> topic(String address) {
    return new Topic<>(address, rang -> new JsonObject(), json -> new Rang());
  }

  private final List<Node> nodes = new ArrayList<>();
  private final int[] ports = freePorts();

  /** Numbers from 0; all know where all are. */
  private final class Node {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicInteger rings = new AtomicInteger();
    final Vertx vertx;
    final Bus bus;

    Node(int number, String... members) {
      vertx = Cluster.start(Vertx::builder, new VertxOptions(), settings(number, members), meters);
      bus = new Bus(vertx);
      bus.on(RANG, rang -> rings.incrementAndGet());
      nodes.add(this);
    }

    double companions() {
      return meters.get("tocsin.cluster.nodes").gauge().value();
    }
  }

  private Settings.Cluster settings(int number, String... members) {
    return new Settings.Cluster(
        true,
        "test-" + ports[0],
        "127.0.0.1",
        ports[2 * number],
        ports[2 * number + 1],
        List.of(members));
  }

  private String at(int number) {
    return "127.0.0.1:" + ports[2 * number];
  }

  private static int[] freePorts() {
    try (ServerSocket a = new ServerSocket(0);
        ServerSocket b = new ServerSocket(0);
        ServerSocket c = new ServerSocket(0);
        ServerSocket d = new ServerSocket(0)) {
      return new int[] {a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), d.getLocalPort()};
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(node -> node.vertx.close().await());
  }

  private void bothUp() {
    new Node(0, at(0), at(1));
    new Node(1, at(0), at(1));
    eventually("they find one another", () -> nodes.stream().allMatch(n -> n.companions() == 2));
    eventually(
        "news crosses",
        () -> {
          nodes.getFirst().bus.publish(RANG, new Rang());
          return nodes.getLast().bus.heardFromElsewhere() > 0;
        });
    eventually(
        "and back",
        () -> {
          nodes.getLast().bus.publish(RANG, new Rang());
          return nodes.getFirst().bus.heardFromElsewhere() > 0;
        });
  }

  @Test
  void aDoorbellIsHeardOnceOnEveryNode() {
    bothUp();
    AtomicInteger here = new AtomicInteger();
    AtomicInteger there = new AtomicInteger();
    nodes.getFirst().bus.on(ONCE, rang -> here.incrementAndGet());
    nodes.getLast().bus.on(ONCE, rang -> there.incrementAndGet());
    nodes.getFirst().bus.publish(ONCE, new Rang());
    int before = nodes.getFirst().rings.get();
    nodes.getLast().bus.publish(RANG, new Rang());
    eventually("both have heard it", () -> here.get() > 0 && there.get() > 0);
    eventually("and what came later", () -> nodes.getFirst().rings.get() > before);
    assertThat(here.get()).isOne();
    assertThat(there.get()).isOne();
  }

  @Test
  void nothingButOneAddressIsKnownToTheCluster() {
    bothUp();
    assertThat(hazelcast(0).getMultiMap("__vertx.subs").keySet()).hasSize(1);
  }

  @Test
  void aNodeWhoseClusterDiesUnderItGoesOnAlone() {
    bothUp();
    Node here = nodes.getFirst();
    hazelcast(0).getLifecycleService().terminate();
    eventually("it is told", () -> here.companions() == 0);
    int before = here.rings.get();
    here.bus.publish(RANG, new Rang());
    eventually("its own doorbells ring", () -> here.rings.get() > before);
  }

  @Test
  void aNodeThatFindsNobodyIsAClusterOfOne() {
    Node alone = new Node(0, at(1), "192.0.2.1:5701");
    assertThat(alone.companions()).isOne();
    alone.bus.publish(RANG, new Rang());
    eventually("its own doorbells ring", () -> alone.rings.get() > 0);
  }

  @Test
  void aNodeThatTheOthersDoNotTakeInStartsAllTheSame() {
    HazelcastInstance stranger =
        Hazelcast.newHazelcastInstance(
            Membership.config(
                    settings(1, at(1)),
                    InetAddress.getLoopbackAddress(),
                    new Companions(new SimpleMeterRegistry()))
                .setProperty("hazelcast.partition.count", "7"));
    try {
      Node refused = new Node(0, at(0), at(1));
      refused.bus.publish(RANG, new Rang());
      eventually("its own doorbells ring", () -> refused.rings.get() > 0);
    } finally {
      stranger.getLifecycleService().terminate();
    }
  }

  @Test
  void itListensOnItsOwnAddressAndOnNoOther() throws IOException {
    new Node(0, at(0));
    InetAddress own = InetAddress.ofLiteral("127.0.0.1");
    for (int port : new int[] {ports[0], ports[1]}) {
      new Socket(own, port).close();
      assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
          .filteredOn(address -> !address.equals(own))
          .allSatisfy(
              other ->
                  assertThatThrownBy(() -> new Socket(other, port).close())
                      .as(other + " " + port)
                      .isInstanceOf(ConnectException.class));
    }
  }

  @Test
  void anAddressThatIsNotPrivateIsRefused() {
    for (String host : List.of("0.0.0.0", "::", "8.8.8.8", "100.128.0.1", "2001:db8::1")) {
      assertThat(PrivateAddress.problem(host)).as(host).isPresent();
    }
    for (String host :
        List.of("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.7.7", "100.64.0.1", "fd00::7")) {
      assertThat(PrivateAddress.problem(host)).as(host).isEmpty();
    }
    assertThatThrownBy(() -> PrivateAddress.require("203.0.113.7"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("cluster.host 203.0.113.7");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(ports[0], 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> new Node(0, at(0)))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageContaining("cluster.port " + taken.getLocalPort());
    }
  }

  private HazelcastInstance hazelcast(int number) {
    return Hazelcast.getAllHazelcastInstances().stream()
        .filter(
            one -> one.getCluster().getLocalMember().getAddress().getPort() == ports[2 * number])
        .findFirst()
        .orElseThrow();
  }
}
