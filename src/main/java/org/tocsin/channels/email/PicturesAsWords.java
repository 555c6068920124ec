package org.tocsin.channels.email;

import java.util.List;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;

/** Puts a picture's words in its place; no picture is ever fetched (I13). */
final class PicturesAsWords extends HtmlStreamEventReceiverWrapper {
  private static final String WORDS = "alt";

  PicturesAsWords(HtmlStreamEventReceiver next) {
    super(next);
  }

  @Override
  public void openTag(String element, List<String> attributes) {
    if (!element.equals("img")) {
      underlying.openTag(element, attributes);
      return;
    }
    for (int i = 0; i + 1 < attributes.size(); i += 2) {
      if (attributes.get(i).equals(WORDS)) {
        underlying.text(attributes.get(i + 1));
      }
    }
  }
}
