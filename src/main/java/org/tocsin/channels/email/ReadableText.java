package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;
import org.owasp.html.HtmlStreamEventReceiver;

/**
 * Leaves out what no reader sees and no source may hold: control characters, half characters,
 * overrides of direction, code points that are none. They can be written as entities, so they are
 * looked for once those are read.
 */
final class ReadableText implements HtmlStreamEventReceiver {
  private final HtmlStreamEventReceiver next;

  ReadableText(HtmlStreamEventReceiver next) {
    this.next = next;
  }

  static String of(String text) {
    if (text.codePoints().allMatch(ReadableText::readable)) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(ReadableText::readable).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean readable(int c) {
    return c == '\n'
        || c == '\t'
        || !(Character.isISOControl(c)
            || Character.getType(c) == Character.SURROGATE
            || c == 0x202D
            || c == 0x202E
            || (c & 0xFFFE) == 0xFFFE
            || (c >= 0xFDD0 && c <= 0xFDEF));
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
  public void openTag(String element, List<String> attributes) {
    List<String> readable = new ArrayList<>(attributes);
    readable.replaceAll(ReadableText::of);
    next.openTag(element, readable);
  }

  @Override
  public void closeTag(String element) {
    next.closeTag(element);
  }

  @Override
  public void text(String text) {
    next.text(of(text));
  }
}
