package org.tocsin.chaos;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tocsin.testing.HubProcess;

/** How the nodes reach one another's members' port: by ways that a case can cut. */
final class Links implements AutoCloseable {
  static final int NODES = 3;

  private final List<Link> links;

  Links(Vertx vertx) {
    this.links = IntStream.range(0, NODES).mapToObj(_ -> Link.open(vertx)).toList();
  }

  /** What makes a hub a node of the cluster; numbers begin with 1. */
  Map<String, String> settings(int number) {
    Link own = links.get(number - 1);
    List<String> ways = links.stream().map(Link::way).toList();
    return Map.of(
        "TOCSIN_CLUSTER_ENABLED",
        "true",
        "TOCSIN_CLUSTER_NAME",
        "chaos-" + links.getFirst().way(),
        "TOCSIN_CLUSTER_HOST",
        "127.0.0.1",
        "TOCSIN_CLUSTER_PORT",
        "" + own.port(),
        "TOCSIN_CLUSTER_NEWS_PORT",
        "" + HubProcess.freePort(),
        "TOCSIN_CLUSTER_MEMBERS",
        String.join(",", ways),
        "JAVA_TOOL_OPTIONS",
        "-Dhazelcast.local.publicAddress=" + own.way());
  }

  void cut() {
    links.forEach(Link::cut);
  }

  void mend() {
    links.forEach(Link::mend);
  }

  @Override
  public void close() {
    links.forEach(Link::close);
  }
}
