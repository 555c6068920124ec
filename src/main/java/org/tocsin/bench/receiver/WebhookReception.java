package org.tocsin.bench.receiver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Webhooks, and by which secret they are signed.
 *
 * @param secret of all endpoints ({@code whsec_…} or {@code whpk_…}); each has its own where there
 *     is none
 * @param verifyEvery every so many requests a signature is verified; 0 for never
 */
public record WebhookReception(Optional<String> secret, int verifyEvery) implements Reception {
  /** What an endpoint's webhooks must be signed by. */
  public String secretOf(String endpoint) {
    return secret.orElseGet(() -> ownSecret(endpoint));
  }

  private static String ownSecret(String endpoint) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256")
              .digest(("endpoint " + endpoint).getBytes(StandardCharsets.UTF_8));
      return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
