package org.tocsin.channels.webhook;

import java.net.InetAddress;
import java.net.URI;

/** What the guard found about a URL. No {@code toString} shows a path: it may hold a secret. */
public sealed interface Vetting {
  /**
   * It may be called, at this address and no other.
   *
   * @param host for Host, SNI and the certificate
   * @param target path and query as they go into the request line
   */
  record Vetted(boolean tls, String host, int port, String target, InetAddress address)
      implements Vetting {
    /** Normalised. */
    public URI url() {
      return WebhookUrl.uri(tls, host, port, target);
    }

    /** Another place at the same server. */
    Vetted at(String otherTarget) {
      return new Vetted(tls, host, port, otherTarget, address);
    }

    @Override
    public String toString() {
      return "Vetted[" + host + ":" + port + "]";
    }
  }

  /** {@code detail} names the blocked network, or is empty. */
  record Forbidden(Refusal refusal, String detail) implements Vetting {}

  /** It may be called, but the name has no address just now. */
  record Unresolved(URI url, String host) implements Vetting {
    @Override
    public String toString() {
      return "Unresolved[" + host + "]";
    }
  }
}
