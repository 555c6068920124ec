package org.tocsin.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail as it went over the wire, and what its encodings hide from a search. */
public final class RawMail {
  private static final Pattern BASE64_PART =
      Pattern.compile(
          "(?is)Content-Transfer-Encoding:\\s*base64.*?\\r?\\n\\r?\\n([A-Za-z0-9+/=\\r\\n]+)");
  private static final Pattern ENCODED_WORD =
      Pattern.compile("=\\?[^?\\s]+\\?([BbQq])\\?([^?\\s]*)\\?=");

  private RawMail() {}

  /** Its source, and behind it the same without quoted-printable, base64 and encoded words. */
  public static String laidOpen(String source) {
    StringBuilder open = new StringBuilder(source).append('\n').append(quotedPrintable(source));
    Matcher part = BASE64_PART.matcher(source);
    while (part.find()) {
      open.append('\n').append(base64(part.group(1)));
    }
    Matcher word = ENCODED_WORD.matcher(source.replaceAll("\\?=\\s+=\\?", "?==?"));
    while (word.find()) {
      open.append(
          word.group(1).equalsIgnoreCase("B")
              ? base64(word.group(2))
              : quotedPrintable(word.group(2)));
    }
    return open.toString();
  }

  private static String base64(String text) {
    return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static String quotedPrintable(String source) {
    String text = source.replaceAll("=\\r?\\n", "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean coded =
          text.charAt(i) == '='
              && i + 2 < text.length()
              && Character.digit(text.charAt(i + 1), 16) >= 0
              && Character.digit(text.charAt(i + 2), 16) >= 0;
      if (coded) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
