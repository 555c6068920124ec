package org.tocsin.network;

import java.util.List;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what must not be read in a stolen copy of the database. */
final class EndpointVault {
  private static final String URL = "endpoint.url";
  private static final String CONTACT = "endpoint.contact";
  private static final String SECRET = "endpoint.secret";

  static final SealedTable SEALED_TABLE =
      new SealedTable(
          "network.endpoint",
          List.of(
              new Sealed("url_sealed", URL),
              new Sealed("contact_sealed", CONTACT),
              new Sealed("secret_sealed", SECRET),
              new Sealed("old_secret_sealed", SECRET)),
          List.of());

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
