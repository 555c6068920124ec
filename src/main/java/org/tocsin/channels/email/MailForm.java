package org.tocsin.channels.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pressed letter made ready for many readers: everything that is the same for all is encoded
 * once, text part first (RFC 2046, 5.1.4).
 *
 * <p>Invariant: the same delivery gives the same message over all tries, but for its Date; nothing
 * that fills a hole can begin another header, another part or another command.
 */
final class MailForm {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,60}");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** About so much comes to the static parts; a guess that saves copying. */
  private static final int HEADERS_AND_HOLES = 4_000;

  private final MailSender sender;
  private final byte[] from;
  private final byte[] replyTo;
  private final List<HeaderField> fields = new ArrayList<>();
  private final BodyPart text;
  private final BodyPart html;
  private final int usualLength;

  MailForm(MailSender sender, MailContent content) {
    this.sender = sender;
    this.from =
        HeaderField.line(
            "From", HeaderField.phrase(sender.name()) + " " + angled(sender.from().address()));
    this.replyTo = HeaderField.line("Reply-To", angled(sender.replyTo().address()));
    fields.add(HeaderField.subject(content.subject()));
    content.headers().forEach((name, value) -> fields.add(HeaderField.of(name, value)));
    this.text = BodyPart.text(content.text());
    this.html = BodyPart.html(content.html());
    this.usualLength = HEADERS_AND_HOLES + text.usualLength() + html.usualLength();
  }

  WrittenMail print(String id, MailAddress to, Map<String, String> values, Instant now) {
    if (!ID.matcher(id).matches()) {
      throw new Unsendable("an id that cannot stand in a Message-ID");
    }
    Buffer out = Buffer.buffer(usualLength);
    out.appendBytes(from)
        .appendBytes(HeaderField.line("To", angled(to.address())))
        .appendBytes(replyTo)
        .appendBytes(HeaderField.line("Date", DATE.format(now)))
        .appendBytes(HeaderField.line("Message-ID", angled(id + "@" + sender.from().domain())));
    fields.forEach(field -> out.appendBytes(field.fill(values)));
    String boundary = "=_" + id;
    append(out, "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"");
    append(out, boundary + "\"\r\n\r\n--" + boundary + "\r\n");
    text.write(out, values);
    append(out, "\r\n--" + boundary + "\r\n");
    html.write(out, values);
    append(out, "\r\n--" + boundary + "--\r\n");
    return new WrittenMail(sender.bounce(id), to, out);
  }

  private static String angled(String address) {
    return "<" + address + ">";
  }

  private static void append(Buffer out, String ascii) {
    out.appendBytes(ascii.getBytes(US_ASCII));
  }
}
