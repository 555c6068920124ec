package org.tocsin.channels.email;

import java.util.List;
import org.owasp.html.HtmlStreamEventReceiver;

/** Puts a picture's words in its place; no picture is ever fetched (I13). */
final class PicturesAsWords implements HtmlStreamEventReceiver {
  private static final String WORDS = "alt";

  private final HtmlStreamEventReceiver next;

  PicturesAsWords(HtmlStreamEventReceiver next) {
    this.next = next;
  }

  @Override
  public void openTag(String element, List<String> attributes) {
    if (!element.equals("img")) {
      next.openTag(element, attributes);
      return;
    }
    for (int i = 0; i + 1 < attributes.size(); i += 2) {
      if (attributes.get(i).equals(WORDS)) {
        next.text(attributes.get(i + 1));
      }
    }
  }

  @Override
  public void openDocument() {
    next.openDocument();
  }

  @Override
  public void closeDocument() {
    next.closeDocument();
  }

  @Override
  public void closeTag(String element) {
    next.closeTag(element);
  }

  @Override
  public void text(String text) {
    next.text(text);
  }
}
