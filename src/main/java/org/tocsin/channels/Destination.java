package org.tocsin.channels;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Where a delivery goes. No {@code toString} shows an address or a secret. */
public sealed interface Destination {
  record Mailbox(String address) implements Destination {
    @Override
    public String toString() {
      return "Mailbox[…]";
    }
  }

  /**
   * @param secrets {@code whsec_…} values; each signs, the newest first
   * @param headers the partner's own static headers
   * @param perSecond how much it allows; empty for as much as there is
   */
  record Endpoint(
      URI url, List<String> secrets, Map<String, String> headers, OptionalDouble perSecond)
      implements Destination {
    @Override
    public String toString() {
      return "Endpoint[" + url.getHost() + "]";
    }
  }
}
