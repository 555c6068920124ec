package org.tocsin.network;

import org.tocsin.platform.crypto.Sealer;

/** Seals and opens what must not be read in a stolen copy of the database. */
final class EndpointVault {
  private static final String URL = "endpoint.url";
  private static final String CONTACT = "endpoint.contact";
  private static final String SECRET = "endpoint.secret";

  private final Sealer sealer;

  EndpointVault(Sealer sealer) {
    this.sealer = sealer;
  }

  byte[] sealUrl(String url) {
    return sealer.seal(URL, url);
  }

  String openUrl(byte[] closed) {
    return sealer.open(URL, closed);
  }

  byte[] sealContact(String address) {
    return sealer.seal(CONTACT, address);
  }

  String openContact(byte[] closed) {
    return sealer.open(CONTACT, closed);
  }

  byte[] sealSecret(String secret) {
    return sealer.seal(SECRET, secret);
  }

  String openSecret(byte[] closed) {
    return sealer.open(SECRET, closed);
  }
}
