package org.tocsin.channels.email;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * One header field, encoded (RFC 2047) and folded (RFC 5322, 2.2.3): once where it is the same for
 * everybody, else per recipient.
 */
final class HeaderField {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,60}");
  private static final Pattern LIST_ID = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

  /** Those that a form writes itself; content may not bring its own. */
  private static final Set<String> OWN =
      Set.of(
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "bcc",
          "date",
          "subject",
          "message-id",
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "return-path");

  private final String name;
  private final Template template;
  private final UnaryOperator<String> encoding;
  private final byte[] fixed;

  private HeaderField(String name, Template template, UnaryOperator<String> encoding) {
    this.name = name;
    this.template = template;
    this.encoding = encoding;
    this.fixed = template.isClosed() ? encode(Map.of()) : new byte[0];
  }

  static HeaderField subject(Template template) {
    return new HeaderField("Subject", template, HeaderField::encodedSubject);
  }

  /** One that the content brings. */
  static HeaderField of(String name, Template template) {
    if (!NAME.matcher(name).matches() || OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new Unsendable("the content brings a header that is not its own");
    }
    return new HeaderField(
        name, template, name.equals("List-Id") ? HeaderField::listId : value -> ascii(name, value));
  }

  byte[] fill(Map<String, String> values) {
    return template.isClosed() ? fixed : encode(values);
  }

  private byte[] encode(Map<String, String> values) {
    return line(name, encoding.apply(Holes.oneLine(template.fill(values, Holes::oneLine))));
  }

  /** A header of which everything is ASCII already. */
  static byte[] line(String name, String value) {
    return (name + ": " + MimeUtil.fold(value, name.length() + 2) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String phrase(String words) {
    return EncoderUtil.encodeAddressDisplayName(words);
  }

  /**
   * Two spaces could come to stand on a line with nothing else, which some servers take for the end
   * of the head (RFC 5322, 3.2.2 forbids it).
   */
  private static String encodedSubject(String subject) {
    return isPrintable(subject) && !subject.contains("=?") && !subject.contains("  ")
        ? subject
        : EncoderUtil.encodeEncodedWord(
            subject, EncoderUtil.Usage.TEXT_TOKEN, "Subject: ".length());
  }

  /** A phrase and an identifier (RFC 2919): only the phrase may hold anything but letters. */
  private static String listId(String value) {
    int angle = value.lastIndexOf('<');
    if (angle < 0 || !value.endsWith(">")) {
      throw new Unsendable("a malformed List-Id");
    }
    String id = value.substring(angle + 1, value.length() - 1).toLowerCase(Locale.ROOT);
    if (!LIST_ID.matcher(id).matches()) {
      throw new Unsendable("a malformed List-Id");
    }
    String phrase = value.substring(0, angle).strip();
    return (phrase.isEmpty() ? "" : phrase(phrase) + " ") + "<" + id + ">";
  }

  /** Addresses and URLs must not be encoded, however long: they would be addresses no more. */
  private static String ascii(String name, String value) {
    if (!isPrintable(value)) {
      throw new Unsendable("the header " + name + " holds more than ASCII");
    }
    return value;
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
