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
import org.tocsin.channels.email.dkim.DkimSigner;

/**
 * A pressed letter made ready for many readers: everything that is the same for all is encoded
 * once, text part first (RFC 2046, 5.1.4).
 *
 * <p>Invariant: the same delivery gives the same message over all tries, but for its Date and its
 * signatures; nothing that fills a hole can begin another header, another part or another command.
 */
final class MailForm {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,60}");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final byte[] MIME_VERSION = ascii("MIME-Version: 1.0\r\n");

  /** Guesses that save copying: how much a head is, and what fills a body's holes. */
  private static final int HEAD = 4_000;

  private static final int HOLES = 1_000;

  private final MailSender sender;
  private final DkimSigner signer;
  private final byte[] from;
  private final byte[] replyTo;
  private final List<HeaderField> fields = new ArrayList<>();
  private final BodyPart text;
  private final BodyPart html;
  private final int usualLength;

  MailForm(MailSender sender, DkimSigner signer, MailContent content) {
    this.sender = sender;
    this.signer = signer;
    this.from =
        HeaderField.line(
            "From", HeaderField.phrase(sender.name()) + " " + angled(sender.from().address()));
    this.replyTo = HeaderField.line("Reply-To", angled(sender.replyTo().address()));
    fields.add(HeaderField.subject(content.subject()));
    content.headers().forEach((name, value) -> fields.add(HeaderField.of(name, value)));
    this.text = BodyPart.text(content.text());
    this.html = BodyPart.html(content.html());
    this.usualLength = HOLES + text.usualLength() + html.usualLength();
  }

  WrittenMail print(String id, MailAddress to, Map<String, String> values, Instant now) {
    if (!ID.matcher(id).matches()) {
      throw new Unsendable("an id that cannot stand in a Message-ID");
    }
    String boundary = "=_" + id;
    List<byte[]> head = head(id, to, boundary, values, now);
    Buffer body = body(boundary, values);
    Buffer out = Buffer.buffer(HEAD + body.length());
    signer.sign(head, body, now).forEach(out::appendBytes);
    head.forEach(out::appendBytes);
    append(out, "\r\n");
    return new WrittenMail(sender.bounce(id), to, out.appendBuffer(body));
  }

  private List<byte[]> head(
      String id, MailAddress to, String boundary, Map<String, String> values, Instant now) {
    List<byte[]> head = new ArrayList<>();
    head.add(from);
    head.add(HeaderField.line("To", angled(to.address())));
    head.add(replyTo);
    head.add(HeaderField.line("Date", DATE.format(now)));
    head.add(HeaderField.line("Message-ID", angled(id + "@" + sender.from().domain())));
    fields.forEach(field -> head.add(field.fill(values)));
    head.add(MIME_VERSION);
    head.add(ascii("Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n"));
    return head;
  }

  private Buffer body(String boundary, Map<String, String> values) {
    Buffer out = Buffer.buffer(usualLength);
    append(out, "--" + boundary + "\r\n");
    text.write(out, values);
    append(out, "\r\n--" + boundary + "\r\n");
    html.write(out, values);
    append(out, "\r\n--" + boundary + "--\r\n");
    return out;
  }

  private static String angled(String address) {
    return "<" + address + ">";
  }

  private static void append(Buffer out, String ascii) {
    out.appendBytes(ascii(ascii));
  }

  private static byte[] ascii(String ascii) {
    return ascii.getBytes(US_ASCII);
  }
}
