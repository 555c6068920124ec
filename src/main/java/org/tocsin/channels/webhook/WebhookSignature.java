package org.tocsin.channels.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tocsin.platform.crypto.Secrets;

/**
 * Signs and verifies after Standard Webhooks 1.0.0: over {@code {id}.{timestamp}.{body}}, the body
 * byte for byte as it is sent; {@code v1} is HMAC-SHA256, {@code v1a} Ed25519. Invariant: every
 * comparison takes the same time whether it matches or not.
 */
public final class WebhookSignature {
  public static final String ID_HEADER = "webhook-id";
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";
  public static final String SIGNATURE_HEADER = "webhook-signature";

  /** How far the sender's clock may be from the receiver's. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int SECRET_BYTES = 32;

  /** A sender signs by more than a handful of keys only to keep us busy. */
  private static final int MOST_SIGNATURES = 16;

  private WebhookSignature() {}

  /** What a message turned out to be. */
  public enum Verdict {
    GENUINE,
    /** No signature fits: another secret, or a changed message. */
    FORGED,
    /** Signed, but more than {@link #TOLERANCE} away from now: perhaps a replay. */
    OUT_OF_TIME,
    /** A header is missing or cannot be read. */
    MALFORMED
  }

  /** An asymmetric pair: the hub keeps the private text, partners get the public one. */
  public record KeyPair(String privateKey, String publicKey) {
    @Override
    public String toString() {
      return "KeyPair[" + publicKey + "]";
    }
  }

  public static String newSecret() {
    return new WebhookKey.SharedSecret(Secrets.randomBytes(SECRET_BYTES)).text();
  }

  public static KeyPair newKeyPair() {
    WebhookKey.PrivateKey key =
        new WebhookKey.PrivateKey(WebhookKey.PrivateKey.ofSeed(Secrets.randomBytes(SECRET_BYTES)));
    return new KeyPair(key.text(), key.publicKey().text());
  }

  /** Whether this text is a key of one of the three kinds. */
  public static boolean usable(String key) {
    try {
      WebhookKey.of(key);
      return true;
    } catch (IllegalArgumentException unusable) {
      return false;
    }
  }

  /**
   * The value of the signature header: one signature a key, in the order of the keys.
   *
   * @param timestamp of this very try, in Unix seconds
   * @throws IllegalArgumentException for a key that cannot sign, or an id that would make the
   *     signed text ambiguous
   */
  public static String sign(List<String> keys, String id, long timestamp, byte[] body) {
    if (id.isEmpty() || id.indexOf('.') >= 0) {
      throw new IllegalArgumentException("a webhook-id must not be empty or hold a dot");
    }
    byte[] message = message(id, Long.toString(timestamp), body);
    return keys.stream()
        .map(WebhookKey::signing)
        .map(key -> key.version() + "," + Base64.getEncoder().encodeToString(key.sign(message)))
        .collect(Collectors.joining(" "));
  }

  /** Whether one of the keys made one of the signatures, within the tolerance of now. */
  public static Verdict verify(
      List<String> keys, String id, String timestamp, String signatures, byte[] body, Instant now) {
    Optional<Instant> at = time(timestamp);
    if (at.isEmpty() || id.isEmpty() || id.indexOf('.') >= 0 || signatures.isBlank()) {
      return Verdict.MALFORMED;
    }
    byte[] message = message(id, timestamp, body);
    List<WebhookKey> known = keys.stream().map(WebhookKey::of).toList();
    boolean genuine = false;
    for (String signature : signatures.strip().split(" +", MOST_SIGNATURES)) {
      for (WebhookKey key : known) {
        genuine |= made(key, signature, message);
      }
    }
    if (!genuine) {
      return Verdict.FORGED;
    }
    return Duration.between(at.get(), now).abs().compareTo(TOLERANCE) <= 0
        ? Verdict.GENUINE
        : Verdict.OUT_OF_TIME;
  }

  private static boolean made(WebhookKey key, String signature, byte[] message) {
    String mark = key.version() + ",";
    if (!signature.startsWith(mark)) {
      return false;
    }
    try {
      return key.verifies(message, Base64.getDecoder().decode(signature.substring(mark.length())));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static Optional<Instant> time(String timestamp) {
    return timestamp.matches("[0-9]{1,12}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)))
        : Optional.empty();
  }

  private static byte[] message(String id, String timestamp, byte[] body) {
    ByteArrayOutputStream message = new ByteArrayOutputStream(body.length + 64);
    message.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    message.writeBytes(body);
    return message.toByteArray();
  }
}
