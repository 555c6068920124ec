package org.tocsin.letters;

import java.util.Iterator;
import java.util.List;

/**
 * The words of a letter as an OpenDocument {@code content.xml}; how they look is {@link OdtStyles}.
 */
final class OdtWords {
  private final Letter letter;
  private final OdtXml xml = new OdtXml("office:document-content", "office:version", "1.2");

  OdtWords(Letter letter) {
    this.letter = letter;
  }

  String xml() {
    xml.open("office:body").open("office:text");
    block(OdtStyles.SENDER, letter.sender());
    paragraph(OdtStyles.DATE, letter.placeAndDate());
    block(OdtStyles.ADDRESSEE, letter.addressee());
    if (!letter.subject().isEmpty()) {
      xml.open("text:h", "text:style-name", OdtStyles.SUBJECT, "text:outline-level", "1")
          .words(letter.subject())
          .close();
    }
    paragraph(OdtStyles.BODY, letter.salutation());
    letter.paragraphs().forEach(text -> paragraph(OdtStyles.BODY, text));
    paragraph(OdtStyles.CLOSING, letter.closing());
    block(OdtStyles.SIGNATURE, letter.signature());
    block(OdtStyles.COPIES, letter.copies());
    return xml.end();
  }

  /** One paragraph of as many lines, so that the space before it comes once. */
  private void block(String style, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    xml.open("text:p", "text:style-name", style);
    for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
      String text = line.next();
      xml.words(text.isEmpty() ? "_".repeat(32) : text);
      if (line.hasNext()) {
        xml.empty("text:line-break");
      }
    }
    xml.close();
  }

  private void paragraph(String style, String text) {
    if (!text.isEmpty()) {
      block(style, text.lines().toList());
    }
  }
}
