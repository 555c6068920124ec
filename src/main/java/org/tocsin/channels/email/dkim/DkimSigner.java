package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tocsin.platform.config.Settings.Dkim;

/**
 * Signs messages for one domain, with each of its keys.
 *
 * <p>Invariant: every signature covers the whole body and every field named here that the message
 * has; From and Subject once more than there are, so that nobody can add another (RFC 6376, 8.15).
 */
public final class DkimSigner {
  /** Fields that mail servers may set, change or add to are not among them. */
  private static final Set<String> COVERED =
      Set.of(
          "from",
          "reply-to",
          "to",
          "subject",
          "date",
          "message-id",
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "auto-submitted",
          "list-id",
          "list-unsubscribe",
          "list-unsubscribe-post",
          "list-help",
          "list-owner",
          "list-subscribe",
          "list-post",
          "list-archive",
          "archived-at",
          "feedback-id",
          "cfbl-address");

  private static final List<String> ONCE_MORE = List.of("from", "subject");

  private final String domain;
  private final List<SigningKey> keys;

  DkimSigner(String domain, List<SigningKey> keys) {
    this.domain = domain;
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the keys; without any it signs nothing.
   *
   * @throws org.tocsin.platform.config.InvalidSettings where a key cannot be used
   */
  public static DkimSigner of(Optional<Dkim> settings) {
    return settings
        .map(dkim -> new DkimSigner(dkim.domain(), KeyFiles.read(dkim)))
        .orElseGet(() -> new DkimSigner("", List.of()));
  }

  /**
   * The signature fields, to be put in front of the others. This is work for a processor, so never
   * for an event loop.
   *
   * @param fields ASCII, each with the CR LF at its end
   * @param body lines as they go over the wire, dots at their beginning doubled
   */
  public List<byte[]> sign(List<byte[]> fields, Buffer body, Instant now) {
    if (keys.isEmpty()) {
      return List.of();
    }
    String bodyHash = Base64.getEncoder().encodeToString(Sha256.of(Relaxed.body(body.getBytes())));
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    List<String> names = cover(fields, header);
    List<byte[]> signatures = new ArrayList<>(keys.size());
    for (SigningKey key : keys) {
      SignatureField field = new SignatureField(domain, key, names, bodyHash, now);
      ByteArrayOutputStream covered = new ByteArrayOutputStream();
      covered.writeBytes(header.toByteArray());
      covered.writeBytes(field.covered());
      signatures.add(field.signed(key.sign(covered.toByteArray())));
      makeWay();
    }
    return signatures;
  }

  /**
   * A signature takes a third of a millisecond, and whole segments are signed in one go: an urgent
   * alert must not wait for a newsletter's.
   */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void makeWay() {
    Thread.yield();
  }

  /** Of several fields of one name the last is covered first (RFC 6376, 5.4.2). */
  private static List<String> cover(List<byte[]> fields, ByteArrayOutputStream header) {
    List<String> names = new ArrayList<>();
    for (byte[] field : fields.reversed()) {
      String name = name(field);
      if (COVERED.contains(name)) {
        names.add(name);
        header.writeBytes(Relaxed.field(field));
      }
    }
    names.addAll(ONCE_MORE);
    return names;
  }

  private static String name(byte[] field) {
    int colon = 0;
    while (field[colon] != ':') {
      colon++;
    }
    return new String(field, 0, colon, US_ASCII).strip().toLowerCase(Locale.ROOT);
  }
}
