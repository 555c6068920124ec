package org.tocsin.testing;

import java.util.HashMap;
import java.util.Map;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.channels.email.Template;

/** Content of a mail in words of a test's own, where {@code {{name}}} is a hole. */
public final class OurMail {
  private OurMail() {}

  public static MailContent of(
      String subject, String text, String html, Map<String, String> headers) {
    Map<String, Template> fields = new HashMap<>();
    headers.forEach((name, value) -> fields.put(name, Template.ours(value)));
    return new MailContent(
        Template.ours(subject), Template.ours(text), Template.ours(html), fields);
  }

  /** A letter as it was written, not set. */
  public static MailContent unset(Letter letter) {
    String words = letter.markdown().text();
    return of(letter.subject().text(), words, "<p>" + words, Map.of());
  }
}
