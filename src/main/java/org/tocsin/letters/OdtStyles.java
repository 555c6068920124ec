package org.tocsin.letters;

import com.ibm.icu.util.ULocale;

/**
 * How a letter looks, as an OpenDocument {@code styles.xml}: the same sheet as {@link LetterSheet},
 * in styles that a writer finds again by name.
 */
final class OdtStyles {
  static final String SENDER = "Sender";
  static final String DATE = "Date";
  static final String ADDRESSEE = "Addressee";
  static final String SUBJECT = "Subject";
  static final String BODY = "Text_20_body";
  static final String CLOSING = "Complimentary_20_close";
  static final String SIGNATURE = "Signature";
  static final String COPIES = "Copies";

  private static final String FONT = "Liberation Serif";
  private static final String HALF = "8cm";

  private final Letter letter;
  private final Paper paper;
  private final OdtXml xml = new OdtXml("office:document-styles", "office:version", "1.2");

  OdtStyles(Letter letter, Paper paper) {
    this.letter = letter;
    this.paper = paper;
  }

  String xml() {
    xml.open("office:font-face-decls")
        .empty(
            "style:font-face",
            "style:name",
            FONT,
            "svg:font-family",
            "'" + FONT + "'",
            "style:font-family-generic",
            "roman")
        .close();
    xml.open("office:styles");
    basis();
    style(SENDER, HALF, "0cm", "10.5pt", false);
    style(DATE, HALF, "0.6cm", "11.5pt", false);
    style(ADDRESSEE, "0cm", "1.2cm", "11.5pt", false);
    style(SUBJECT, "0cm", "1.2cm", "11.5pt", true);
    style(BODY, "0cm", "0.4cm", "11.5pt", false);
    style(CLOSING, "0cm", "0.8cm", "11.5pt", false);
    style(SIGNATURE, "0cm", "1.8cm", "11.5pt", false);
    style(COPIES, "0cm", "1cm", "10pt", false);
    xml.close();
    page();
    return xml.end();
  }

  /** The language and the direction of all that follows. */
  private void basis() {
    ULocale locale = ULocale.addLikelySubtags(letter.locale());
    String language = locale.getLanguage();
    String country = locale.getCountry();
    xml.open("style:default-style", "style:family", "paragraph")
        .empty("style:paragraph-properties", "style:writing-mode", mode())
        .empty(
            "style:text-properties",
            "style:font-name",
            FONT,
            "style:font-name-complex",
            FONT,
            "fo:language",
            language,
            "fo:country",
            country,
            "fo:script",
            locale.getScript(),
            "style:language-complex",
            language,
            "style:country-complex",
            country,
            "style:language-asian",
            language,
            "style:country-asian",
            country)
        .close();
  }

  /**
   * @param indent from where lines start: writers take the left margin of a paragraph from right to
   *     left for its right one
   */
  private void style(String name, String indent, String before, String size, boolean bold) {
    String weight = bold ? "bold" : "normal";
    xml.open(
            "style:style",
            "style:name",
            name,
            "style:display-name",
            name.replace("_20_", " "),
            "style:family",
            "paragraph")
        .open(
            "style:paragraph-properties",
            "style:writing-mode",
            mode(),
            "fo:text-align",
            letter.rightToLeft() ? "right" : "left",
            "fo:margin-left",
            indent,
            "fo:margin-top",
            before,
            "fo:line-height",
            "130%",
            "fo:orphans",
            "2",
            "fo:widows",
            "2")
        .close()
        .empty(
            "style:text-properties",
            "fo:font-size",
            size,
            "style:font-size-complex",
            size,
            "fo:font-weight",
            weight,
            "style:font-weight-complex",
            weight)
        .close();
  }

  private void page() {
    xml.open("office:automatic-styles")
        .open("style:page-layout", "style:name", "sheet")
        .empty(
            "style:page-layout-properties",
            "fo:page-width",
            paper.width(),
            "fo:page-height",
            paper.height(),
            "fo:margin-top",
            "2cm",
            "fo:margin-bottom",
            "2cm",
            "fo:margin-left",
            "2.5cm",
            "fo:margin-right",
            "2.5cm",
            "style:writing-mode",
            mode())
        .close()
        .close()
        .open("office:master-styles")
        .empty("style:master-page", "style:name", "Standard", "style:page-layout-name", "sheet")
        .close();
  }

  private String mode() {
    return letter.rightToLeft() ? "rl-tb" : "lr-tb";
  }
}
