package org.tocsin.letters;

import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A letter as formatting objects (XSL 1.1), which FOP sets. Every side is named by where a line
 * starts and ends, so that a letter in Arabic is the mirror of one in English.
 */
final class LetterSheet {
  private static final String FO = "http://www.w3.org/1999/XSL/Format";

  /** A reader's window shows it; it says nothing of the letter. */
  static final String TITLE = "Letter";

  private static final String BODY_SIZE = "11.5pt";

  /** Longer than any word is; breaking it anywhere is better than writing over the edge. */
  private static final Pattern ENDLESS = Pattern.compile("\\S{41,}");

  private static final Pattern PIECE = Pattern.compile("\\X{1,20}");
  private static final String MAY_BREAK = "\u200B";

  private final Letter letter;
  private final Paper paper;
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter out;

  private LetterSheet(Letter letter, Paper paper) throws XMLStreamException {
    this.letter = letter;
    this.paper = paper;
    this.out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
  }

  static String of(Letter letter, Paper paper) {
    try {
      return new LetterSheet(letter, paper).write();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String write() throws XMLStreamException {
    out.setPrefix("fo", FO);
    out.writeStartElement(FO, "root");
    out.writeNamespace("fo", FO);
    attributes(
        "font-family",
        fonts(),
        "font-selection-strategy",
        "character-by-character",
        "font-size",
        BODY_SIZE,
        "line-height",
        "1.4",
        "color",
        "#000000");
    out.writeAttribute(
        "xml", "http://www.w3.org/XML/1998/namespace", "lang", letter.locale().getLanguage());
    master();
    declarations();
    start("page-sequence", "master-reference", "letter", "writing-mode", mode());
    pageNumber();
    // FOP finds a font's rules for Arabic by the font's own name of a language, or by any.
    start("flow", "flow-name", "xsl-region-body", "language", "*");
    content();
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndElement();
    out.flush();
    return text.toString();
  }

  /** In a script that only one of them has, the others would set no more than the full stops. */
  private String fonts() {
    return letter.rightToLeft() && !letter.locale().getLanguage().equals("he")
        ? "DejaVu Sans, Liberation Serif, DejaVu Serif"
        : "Liberation Serif, DejaVu Serif, DejaVu Sans";
  }

  private String mode() {
    return letter.rightToLeft() ? "rl-tb" : "lr-tb";
  }

  private void master() throws XMLStreamException {
    start("layout-master-set");
    page("first", "unnumbered");
    page("further", "numbered");
    start("page-sequence-master", "master-name", "letter");
    start("repeatable-page-master-alternatives");
    for (String place : List.of("first", "rest")) {
      start(
          "conditional-page-master-reference",
          "page-position",
          place,
          "master-reference",
          place.equals("first") ? "first" : "further");
      out.writeEndElement();
    }
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndElement();
  }

  private void page(String name, String foot) throws XMLStreamException {
    start(
        "simple-page-master",
        "master-name",
        name,
        "page-width",
        paper.width(),
        "page-height",
        paper.height(),
        "margin",
        "20mm 25mm 12mm 25mm",
        "writing-mode",
        mode());
    start("region-body", "margin-bottom", "14mm");
    out.writeEndElement();
    start("region-after", "region-name", foot, "extent", "8mm");
    out.writeEndElement();
    out.writeEndElement();
  }

  private void declarations() throws XMLStreamException {
    String rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    String dc = "http://purl.org/dc/elements/1.1/";
    out.setPrefix("x", "adobe:ns:meta/");
    out.setPrefix("rdf", rdf);
    out.setPrefix("dc", dc);
    start("declarations");
    out.writeStartElement("adobe:ns:meta/", "xmpmeta");
    out.writeNamespace("x", "adobe:ns:meta/");
    out.writeStartElement(rdf, "RDF");
    out.writeNamespace("rdf", rdf);
    out.writeStartElement(rdf, "Description");
    out.writeAttribute(rdf, "about", "");
    out.writeNamespace("dc", dc);
    out.writeStartElement(dc, "title");
    out.writeCharacters(TITLE);
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndElement();
  }

  private void pageNumber() throws XMLStreamException {
    start("static-content", "flow-name", "numbered", "role", "artifact");
    start("block", "font-size", "9.5pt", "text-align", "center");
    start("page-number");
    out.writeEndElement();
    out.writeEndElement();
    out.writeEndElement();
  }

  private void content() throws XMLStreamException {
    group(letter.sender(), "start-indent", "55%", "font-size", "10.5pt", "line-height", "1.3");
    line(letter.placeAndDate(), "start-indent", "55%", "space-before", "6mm");
    group(letter.addressee(), "space-before", "12mm", "end-indent", "35%", "line-height", "1.3");
    line(
        letter.subject(),
        "role",
        "H1",
        "space-before",
        "12mm",
        "font-weight",
        "bold",
        "keep-with-next.within-page",
        "always");
    line(
        letter.salutation(),
        "space-before",
        letter.subject().isEmpty() ? "12mm" : "6mm",
        "keep-with-next.within-page",
        "always");
    for (String paragraph : letter.paragraphs()) {
      line(paragraph, "space-before", "3.5mm", "orphans", "2", "widows", "2");
    }
    start("block", "keep-together.within-page", "always", "space-before", "7mm");
    line(letter.closing());
    group(letter.signature(), "space-before", "18mm", "end-indent", "45%", "line-height", "1.3");
    out.writeEndElement();
    group(letter.copies(), "space-before", "10mm", "font-size", "10pt", "line-height", "1.3");
  }

  private void group(List<String> lines, String... style) throws XMLStreamException {
    if (lines.isEmpty()) {
      return;
    }
    start("block", style);
    for (String line : lines) {
      if (line.isEmpty()) {
        toFillIn();
      } else {
        line(line);
      }
    }
    out.writeEndElement();
  }

  private void line(String line, String... style) throws XMLStreamException {
    if (line.isEmpty()) {
      return;
    }
    start("block", style);
    out.writeAttribute("linefeed-treatment", "preserve");
    out.writeCharacters(breakable(line));
    out.writeEndElement();
  }

  private void toFillIn() throws XMLStreamException {
    start("block", "space-before", "3mm");
    start("leader", "leader-pattern", "rule", "rule-thickness", "0.4pt");
    out.writeAttribute("leader-length", "100%");
    out.writeEndElement();
    out.writeEndElement();
  }

  private static String breakable(String text) {
    return ENDLESS
        .matcher(text)
        .replaceAll(
            word ->
                Matcher.quoteReplacement(PIECE.matcher(word.group()).replaceAll("$0" + MAY_BREAK)));
  }

  private void start(String name, String... attributes) throws XMLStreamException {
    out.writeStartElement(FO, name);
    attributes(attributes);
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      out.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }
}
