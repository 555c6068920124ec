package org.tocsin.channels.email;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One part of a message's body (RFC 2046, 5.1), encoded once: per recipient only the holes are.
 * Where all of it is printable ASCII it stands as it is, else as quoted-printable; both end their
 * lines with CRLF and have their dots stuffed.
 */
final class BodyPart {
  private static final int LONGEST_LINE = 998;

  private final Template template;
  private final UnaryOperator<String> escape;
  private final byte[] plainHead;
  private final byte[] encodedHead;
  private final Optional<Plain> plain;
  private final List<byte[]> encoded;

  /** The texts as they are; {@code room} is how long all values together may be. */
  private record Plain(List<byte[]> texts, int room) {}

  private BodyPart(
      String subtype, Template template, UnaryOperator<String> escape, Optional<Plain> plain) {
    this.template = template;
    this.escape = escape;
    this.plain = plain;
    this.plainHead = head(subtype, "7bit");
    this.encodedHead = head(subtype, "quoted-printable");
    this.encoded = template.texts().stream().map(QuotedPrintable::encode).toList();
  }

  static BodyPart text(Template words) {
    Template template = words.map(BodyPart::lineFeeds);
    return new BodyPart("plain", template, UnaryOperator.identity(), plain(template));
  }

  static BodyPart html(Template words) {
    return new BodyPart("html", words.map(BodyPart::lineFeeds), Holes::escape, Optional.empty());
  }

  private static byte[] head(String subtype, String encoding) {
    return "Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n"
        .formatted(subtype, encoding)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String lineFeeds(String words) {
    return words.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static Optional<Plain> plain(Template template) {
    String all = String.join("x", template.texts());
    int longest = all.lines().mapToInt(String::length).max().orElse(0);
    // After an empty value a text that begins with a dot would stand at the start of a line.
    boolean dotAfterHole = template.texts().stream().skip(1).anyMatch(text -> text.startsWith("."));
    boolean fits =
        isPlain(all) && !all.contains("--=_") && longest <= LONGEST_LINE && !dotAfterHole;
    return fits
        ? Optional.of(new Plain(stuffed(template.texts()), LONGEST_LINE - longest))
        : Optional.empty();
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
  }

  private static List<byte[]> stuffed(List<String> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(
            i -> {
              String lines = texts.get(i).replace("\n.", "\n..").replace("\n", "\r\n");
              return i == 0 && lines.startsWith(".") ? "." + lines : lines;
            })
        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
        .toList();
  }

  /** Without what fills the holes. */
  int usualLength() {
    return encodedHead.length + encoded.stream().mapToInt(piece -> piece.length).sum();
  }

  void write(Buffer out, Map<String, String> values) {
    if (plain.isPresent() && fits(plain.get(), values)) {
      writePlain(out, plain.get(), values);
    } else {
      writeEncoded(out, values);
    }
  }

  private boolean fits(Plain texts, Map<String, String> values) {
    int room = texts.room();
    for (String hole : template.holes()) {
      String value = Template.value(values, hole);
      room -= value.length();
      if (room < 0 || value.startsWith(".") || value.indexOf('\n') >= 0 || !isPlain(value)) {
        return false;
      }
    }
    return true;
  }

  private void writePlain(Buffer out, Plain plain, Map<String, String> values) {
    out.appendBytes(plainHead).appendBytes(plain.texts().getFirst());
    for (int i = 0; i < template.holes().size(); i++) {
      out.appendString(Template.value(values, template.holes().get(i)))
          .appendBytes(plain.texts().get(i + 1));
    }
  }

  /** A value stands on lines of its own, which soft breaks join to its neighbours again. */
  private void writeEncoded(Buffer out, Map<String, String> values) {
    out.appendBytes(encodedHead);
    append(out, encoded.getFirst(), template.holes().isEmpty());
    for (int i = 0; i < template.holes().size(); i++) {
      String value = lineFeeds(Template.value(values, template.holes().get(i)));
      append(out, QuotedPrintable.encode(escape.apply(value)), false);
      append(out, encoded.get(i + 1), i + 1 == template.holes().size());
    }
  }

  private static void append(Buffer out, byte[] piece, boolean last) {
    out.appendBytes(piece);
    if (!last && !QuotedPrintable.endsLine(piece)) {
      out.appendBytes(QuotedPrintable.SOFT_BREAK);
    }
  }
}
