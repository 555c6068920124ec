package org.tocsin.channels.email.dkim;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The record under which receivers find a public key (RFC 6376, 3.6).
 *
 * @param name in the DNS, without the dot at its end
 * @param kind {@code rsa} or {@code ed25519}
 * @param key in base64
 */
public record PublishedKey(String name, String kind, String key) {
  /** RFC 1035, 3.3.14: a string in a record is no longer, so a long text is several of them. */
  private static final int LONGEST_STRING = 255;

  static PublishedKey of(String domain, SigningKey key) {
    return new PublishedKey(
        key.selector() + "._domainkey." + domain,
        key.kind(),
        Base64.getEncoder().encodeToString(key.published()));
  }

  /** As one text, which most providers' forms want. */
  public String text() {
    return "v=DKIM1; k=" + kind + "; p=" + key;
  }

  /** As a line of a zone file. */
  public String zoneLine() {
    return name
        + ". IN TXT "
        + strings().stream().map(s -> '"' + s + '"').collect(Collectors.joining(" ", "( ", " )"));
  }

  List<String> strings() {
    String text = text();
    return IntStream.iterate(0, from -> from < text.length(), from -> from + LONGEST_STRING)
        .mapToObj(from -> text.substring(from, Math.min(from + LONGEST_STRING, text.length())))
        .toList();
  }
}
