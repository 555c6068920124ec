package org.tocsin.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;

/** Reads the parts of a raw mail that a person looks at. */
final class MailParser {
  private MailParser() {}

  static CapturedMail parse(MailIndex.Entry entry, byte[] raw) {
    try {
      DefaultMessageBuilder builder = new DefaultMessageBuilder();
      builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
      Message message = builder.parseMessage(new ByteArrayInputStream(raw));
      Map<String, List<String>> headers = new LinkedHashMap<>();
      for (Field field : message.getHeader().getFields()) {
        headers.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(unfolded(field));
      }
      StringBuilder text = new StringBuilder();
      StringBuilder html = new StringBuilder();
      collect(message, text, html);
      return new CapturedMail(
          entry.id(),
          entry.from(),
          entry.to(),
          subject(headers),
          headers,
          text.toString(),
          html.toString(),
          entry.receivedAt());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String unfolded(Field field) {
    String body = field.getBody();
    return body == null ? "" : MimeUtil.unfold(body).strip();
  }

  private static String subject(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Subject"))
        .map(header -> decoded(header.getValue().getFirst()))
        .findFirst()
        .orElse("");
  }

  static String decoded(String value) {
    return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
  }

  private static void collect(Entity entity, StringBuilder text, StringBuilder html)
      throws IOException {
    if (entity.getBody() instanceof Multipart parts) {
      for (Entity part : parts.getBodyParts()) {
        collect(part, text, html);
      }
    } else if (entity.getBody() instanceof TextBody body) {
      StringBuilder into = "text/html".equals(entity.getMimeType()) ? html : text;
      into.append(new String(body.getInputStream().readAllBytes(), charset(body)));
    }
  }

  private static Charset charset(TextBody body) {
    try {
      return Charset.forName(body.getMimeCharset());
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
