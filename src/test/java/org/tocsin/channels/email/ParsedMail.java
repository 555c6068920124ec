package org.tocsin.channels.email;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;

/** A message read back from its bytes, as strictly as mime4j can. */
final class ParsedMail {
  private final Message message;

  ParsedMail(String raw) {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(MimeConfig.STRICT);
    try {
      message =
          builder.parseMessage(new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Every value of a header, unfolded, encoded words as they are. */
  List<String> all(String name) {
    return message.getHeader().getFields(name).stream()
        .map(field -> MimeUtil.unfold(field.getBody()).strip())
        .toList();
  }

  List<String> names() {
    return message.getHeader().getFields().stream().map(field -> field.getName()).toList();
  }

  Message message() {
    return message;
  }

  String text() {
    return part(0, "text/plain");
  }

  String html() {
    return part(1, "text/html");
  }

  private String part(int at, String type) {
    if (!(message.getBody() instanceof Multipart parts) || parts.getCount() != 2) {
      throw new AssertionError("not two parts");
    }
    Entity part = parts.getBodyParts().get(at);
    if (!part.getMimeType().equals(type)) {
      throw new AssertionError("part " + at + " is " + part.getMimeType());
    }
    try {
      return new String(
              ((TextBody) part.getBody()).getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .replace("\r\n", "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
