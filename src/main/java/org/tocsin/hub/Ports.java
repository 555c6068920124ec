package org.tocsin.hub;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.cluster.PrivateAddress;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings;

/** Looks whether the hub's ports are free, before anything is started for nothing. */
final class Ports {
  private Ports() {}

  static void require(Settings settings) {
    List<String> problems = problems(settings);
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  /** Each names its key. */
  static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    problem("http", "port", settings.http().host(), settings.http().port())
        .ifPresent(problems::add);
    problem("management", "port", settings.management().host(), settings.management().port())
        .ifPresent(problems::add);
    if (settings.cluster().enabled()) {
      problems.addAll(cluster(settings.cluster()));
    }
    return problems;
  }

  private static List<String> cluster(Settings.Cluster cluster) {
    List<String> problems = openToOthers(cluster);
    if (problems.isEmpty()) {
      problem("cluster", "port", cluster.host(), cluster.port()).ifPresent(problems::add);
      problem("cluster", "news_port", cluster.host(), cluster.newsPort()).ifPresent(problems::add);
    }
    return problems;
  }

  /** Also where a hub listens already. */
  static List<String> openToOthers(Settings.Cluster cluster) {
    List<String> problems = new ArrayList<>();
    if (cluster.enabled()) {
      PrivateAddress.problem(cluster.host()).ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> problem(String group, String key, String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return Optional.empty();
    } catch (UnknownHostException unknown) {
      return Optional.of(group + ".host " + host + " is no address of this machine");
    } catch (BindException taken) {
      return Optional.of(
          String.valueOf(taken.getMessage()).contains("assign")
              ? group + ".host " + host + " is no address of this machine"
              : group + "." + key + " " + port + " cannot be listened on: " + taken.getMessage());
    } catch (IOException failure) {
      return Optional.of(group + "." + key + " " + port + " cannot be listened on: " + failure);
    }
  }
}
