package org.tocsin.channels.email;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.apache.james.mime4j.util.MimeUtil;
import org.tocsin.platform.config.Settings;

/**
 * Writes a pressed letter for one reader: holes filled, headers encoded (RFC 2047) and folded, text
 * part first (RFC 2046, 5.1.4).
 *
 * <p>Invariant: the same envelope gives the same message over all tries, but for its Date; nothing
 * that fills a hole can begin another header, another part or another command.
 */
final class MailWriter {
  private static final int LONGEST_LINE = 998;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,60}");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,60}");
  private static final Pattern LIST_ID = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Those that this class writes itself; content may not bring its own. */
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

  private final String organisation;
  private final MailAddress from;
  private final MailAddress replyTo;
  private final String bounceDomain;

  MailWriter(Settings settings) {
    this.organisation = settings.organisation().name();
    this.from = address("mail.from", settings.mail().from());
    this.replyTo = address("mail.reply_to", settings.mail().replyTo());
    this.bounceDomain =
        address("mail.bounce_domain", "b@" + settings.mail().bounceDomain()).domain();
  }

  private static MailAddress address(String key, String value) {
    return MailAddress.parse(value)
        .orElseThrow(() -> new IllegalArgumentException(key + " cannot be used in mail"));
  }

  WrittenMail write(
      String id, MailContent content, MailAddress to, Map<String, String> values, Instant now) {
    if (!ID.matcher(id).matches()) {
      throw new Unsendable("an id that cannot stand in a Message-ID");
    }
    Holes holes = new Holes(values);
    String boundary = "=_" + id;
    Map<String, String> headers = new LinkedHashMap<>();
    put(headers, "From", EncoderUtil.encodeAddressDisplayName(organisation) + " " + angled(from));
    put(headers, "To", angled(to));
    put(headers, "Reply-To", angled(replyTo));
    put(headers, "Date", DATE.format(now));
    put(headers, "Subject", encodedSubject(holes.inHeader(content.subject())));
    put(headers, "Message-ID", "<" + id + "@" + from.domain() + ">");
    content.headers().forEach((name, value) -> putOther(headers, name, holes.inHeader(value)));
    put(headers, "MIME-Version", "1.0");
    put(headers, "Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
    String body =
        "--%s\n%s\n--%s\n%s\n--%s--"
            .formatted(
                boundary,
                part("plain", holes.inText(content.text())),
                boundary,
                part("html", holes.inHtml(content.html())),
                boundary);
    return new WrittenMail(new MailAddress("b+" + id, bounceDomain), to, headers, body);
  }

  private static String angled(MailAddress address) {
    return "<" + address.address() + ">";
  }

  private static void putOther(Map<String, String> headers, String name, String value) {
    if (!HEADER_NAME.matcher(name).matches() || OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new Unsendable("the content brings a header that is not its own");
    }
    put(headers, name, name.equals("List-Id") ? listId(value) : ascii(name, value));
  }

  private static void put(Map<String, String> headers, String name, String value) {
    headers.put(name, MimeUtil.fold(value, name.length() + 2));
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
    return (phrase.isEmpty() ? "" : EncoderUtil.encodeAddressDisplayName(phrase) + " ")
        + "<"
        + id
        + ">";
  }

  /** Addresses and URLs must not be encoded, however long: they would be addresses no more. */
  private static String ascii(String name, String value) {
    if (!value.chars().allMatch(MailWriter::isPrintable)) {
      throw new Unsendable("the header " + name + " holds more than ASCII");
    }
    return value;
  }

  private static String encodedSubject(String subject) {
    return subject.chars().allMatch(MailWriter::isPrintable) && !subject.contains("=?")
        ? subject
        : EncoderUtil.encodeIfNecessary(
            subject, EncoderUtil.Usage.TEXT_TOKEN, "Subject: ".length());
  }

  private static boolean isPrintable(int c) {
    return c >= ' ' && c < 127;
  }

  private static String part(String subtype, String words) {
    String text = words.replace("\r\n", "\n").replace('\r', '\n');
    boolean plain = subtype.equals("plain") && isPlain(text);
    return "Content-Type: text/%s; charset=utf-8\nContent-Transfer-Encoding: %s\n\n%s"
        .formatted(
            subtype, plain ? "7bit" : "quoted-printable", plain ? text : quotedPrintable(text));
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c == '\n' || isPrintable(c))
        && !text.contains("--=_")
        && text.lines().allMatch(line -> line.length() <= LONGEST_LINE);
  }

  private static String quotedPrintable(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 5 / 4);
    try (OutputStream encoder = new QuotedPrintableOutputStream(out, false)) {
      encoder.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString(StandardCharsets.US_ASCII).replace("\r\n", "\n");
  }
}
