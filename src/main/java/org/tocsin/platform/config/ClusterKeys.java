package org.tocsin.platform.config;

import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code cluster}, which only several nodes need. */
final class ClusterKeys {
  private static final String HOST = "cluster.host";
  private static final String MEMBERS = "cluster.members";
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?");
  private static final int MOST_PORT = 65_535;

  private ClusterKeys() {}

  static Settings.Cluster read(SettingsReader read) {
    boolean enabled = read.flag("cluster.enabled", false);
    int port = read.number("cluster.port", 5_701, 1, MOST_PORT);
    int newsPort = read.number("cluster.news_port", 5_702, 1, MOST_PORT);
    List<String> members = read.list(MEMBERS, List.of());
    String hint = "cluster.enabled is set, so ";
    String host =
        enabled
            ? read.required(HOST, hint + "this node needs a private address for the others")
            : read.string(HOST, "");
    if (enabled && members.isEmpty()) {
      read.problem(
          MEMBERS, "is missing: " + hint + "the nodes must be named, as host or host:port");
    }
    for (String member : members) {
      if (!MEMBER.matcher(member).matches()) {
        read.problem(MEMBERS, "must be words like node-2.internal:5701, not '" + member + "'");
      }
    }
    if (port == newsPort) {
      read.problem("cluster.news_port", "must differ from cluster.port");
    }
    return new Settings.Cluster(
        enabled,
        read.string("cluster.name", "tocsin"),
        host,
        port,
        newsPort,
        members.stream()
            .map(member -> member.contains(":") ? member : member + ":" + port)
            .toList());
  }
}
