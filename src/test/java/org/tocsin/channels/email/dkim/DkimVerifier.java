package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a receiver does with signatures (RFC 6376, 6.1), written from the RFCs alone: it shares no
 * line with what signs.
 */
public final class DkimVerifier {
  /** What X.509 puts before the 32 bytes of an Ed25519 key. */
  private static final String ED25519_PREFIX = "302a300506032b6570032100";

  private final Map<String, PublishedKey> dns;

  /** The records by their names. */
  public DkimVerifier(List<PublishedKey> dns) {
    this.dns = dns.stream().collect(Collectors.toMap(PublishedKey::name, key -> key));
  }

  /** By the kind of key, whether its signature holds; empty where there is none. */
  public Map<String, Boolean> verdicts(String message) {
    int end = message.indexOf("\r\n\r\n");
    List<String> fields = List.of(message.substring(0, end).split("\r\n(?![ \t])"));
    String body = message.substring(end + 4);
    Map<String, Boolean> verdicts = new TreeMap<>();
    for (String field : fields) {
      if (name(field).equals("dkim-signature")) {
        Map<String, String> tags = tags(field);
        verdicts.put(tag(tags, "a").replace("-sha256", ""), holds(field, tags, fields, body));
      }
    }
    return verdicts;
  }

  public static Map<String, String> tags(String field) {
    return Arrays.stream(field.substring(field.indexOf(':') + 1).split(";"))
        .map(tag -> tag.split("=", 2))
        .collect(
            Collectors.toMap(tag -> tag[0].strip(), tag -> tag[1].replaceAll("[ \t\r\n]", "")));
  }

  private static String tag(Map<String, String> tags, String name) {
    return tags.getOrDefault(name, "");
  }

  private boolean holds(String field, Map<String, String> tags, List<String> fields, String body) {
    try {
      byte[] hash = sha256(relaxedBody(body).getBytes(ISO_8859_1));
      if (!Base64.getEncoder().encodeToString(hash).equals(tag(tags, "bh"))) {
        return false;
      }
      byte[] covered = covered(field, tag(tags, "h"), fields).getBytes(ISO_8859_1);
      byte[] signature = Base64.getDecoder().decode(tag(tags, "b"));
      PublishedKey key = dns.get(tag(tags, "s") + "._domainkey." + tag(tags, "d"));
      if (key == null) {
        return false;
      }
      return tag(tags, "a").startsWith("rsa")
          ? verify("SHA256withRSA", rsa(key), covered, signature)
          : verify("Ed25519", ed25519(key), sha256(covered), signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static String covered(String own, String names, List<String> fields) {
    List<String> left = new ArrayList<>(fields);
    StringBuilder covered = new StringBuilder();
    for (String name : names.split(":")) {
      for (int i = left.size() - 1; i >= 0; i--) {
        if (name(left.get(i)).equals(name.toLowerCase(Locale.ROOT))) {
          covered.append(relaxed(left.remove(i))).append("\r\n");
          break;
        }
      }
    }
    return covered + relaxed(own.replaceFirst("(?s)([;\\s]b=)[^;]*", "$1"));
  }

  private static String name(String field) {
    return field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT);
  }

  private static String relaxed(String field) {
    String value = field.substring(field.indexOf(':') + 1).replace("\r\n", "");
    return name(field) + ":" + value.replaceAll("[ \t]+", " ").strip();
  }

  private static String relaxedBody(String body) {
    String lines =
        Arrays.stream(body.split("\r\n", -1))
            .map(line -> line.replaceAll("[ \t]+", " ").replaceAll(" $", ""))
            .collect(Collectors.joining("\r\n"))
            .replaceAll("(\r\n)+$", "");
    return lines.isEmpty() ? "" : lines + "\r\n";
  }

  private static boolean verify(String algorithm, PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(key);
    verifying.update(data);
    return verifying.verify(signature);
  }

  private static PublicKey rsa(PublishedKey key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.key())));
  }

  private static PublicKey ed25519(PublishedKey key) throws GeneralSecurityException {
    String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(key.key()));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(ED25519_PREFIX + hex)));
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
