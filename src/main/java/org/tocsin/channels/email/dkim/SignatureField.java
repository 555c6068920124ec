package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A header field that holds one signature (RFC 6376, 3.5), folded. */
final class SignatureField {
  /** A queue of five days at our relay, and another one behind it; after that it is replay. */
  private static final Duration LIFE = Duration.ofDays(10);

  private static final int LONGEST_LINE = 76;
  private static final String FOLD = "\r\n ";

  private final String withoutSignature;

  SignatureField(String domain, SigningKey key, List<String> names, String bodyHash, Instant now) {
    long second = now.getEpochSecond();
    this.withoutSignature =
        String.join(
            FOLD,
            "DKIM-Signature: v=1; a=" + key.kind() + "-sha256; q=dns/txt; c=relaxed/relaxed;",
            "d=" + domain + "; s=" + key.selector() + ";",
            "t=" + second + "; x=" + (second + LIFE.toSeconds()) + ";",
            "h=" + folded(names) + ";",
            "bh=" + bodyHash + ";",
            "b=");
  }

  private static String folded(List<String> names) {
    StringBuilder list = new StringBuilder();
    int column = 0;
    for (String name : names) {
      String colon = list.isEmpty() ? "" : ":";
      if (column + name.length() > LONGEST_LINE - 4) {
        list.append(colon).append(FOLD).append(name);
        column = name.length();
      } else {
        list.append(colon).append(name);
        column += name.length() + 1;
      }
    }
    return list.toString();
  }

  /** What the signature covers of its own field: all but itself, and no line end. */
  byte[] covered() {
    byte[] line = Relaxed.field((withoutSignature + "\r\n").getBytes(US_ASCII));
    return Arrays.copyOf(line, line.length - 2);
  }

  byte[] signed(byte[] signature) {
    String value =
        Base64.getMimeEncoder(LONGEST_LINE - 4, FOLD.getBytes(US_ASCII)).encodeToString(signature);
    return (withoutSignature + value + "\r\n").getBytes(US_ASCII);
  }
}
