package org.tocsin.platform.config;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.platform.address.IpNetwork;

/** Reads {@code http.trusted_proxies}; what is no address or network is named. */
final class ProxyKeys {
  private static final String KEY = "http.trusted_proxies";

  private ProxyKeys() {}

  static List<IpNetwork> read(SettingsReader read) {
    List<IpNetwork> networks = new ArrayList<>();
    for (String text : read.list(KEY, List.of())) {
      try {
        networks.add(IpNetwork.of(text.strip()));
      } catch (IllegalArgumentException wrong) {
        read.problem(KEY, "holds '" + text + "', which " + wrong.getMessage());
      }
    }
    return List.copyOf(networks);
  }
}
