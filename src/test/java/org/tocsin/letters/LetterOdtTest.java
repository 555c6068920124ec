package org.tocsin.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** An OpenDocument letter, opened again as a word processor would. */
class LetterOdtTest {
  private static final String ODF = "urn:oasis:names:tc:opendocument:xmlns:";

  private static Map<String, String> parts(byte[] odt) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(odt))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(1980, 2, 1, 0, 0));
        parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  private static String part(byte[] odt, String name) throws IOException {
    return Objects.requireNonNull(parts(odt).get(name), name);
  }

  private static Document xml(byte[] odt, String part) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(part(odt, part).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theMediaTypeComesFirstAsItIs() throws IOException {
    byte[] odt = LetterOdt.of(Letters.english(), Paper.A4);
    assertThat(new String(odt, 30, 47, StandardCharsets.US_ASCII))
        .isEqualTo("mimetypeapplication/vnd.oasis.opendocument.text");
    assertThat(parts(odt).keySet())
        .containsExactly(
            "mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml");
    assertThat(parts(odt).get("META-INF/manifest.xml"))
        .contains("full-path=\"content.xml\"", "full-path=\"styles.xml\"", "version=\"1.2\"");
  }

  @Test
  void everyLineStandsInIt() throws Exception {
    for (Letter letter : Letters.all()) {
      String text =
          xml(LetterOdt.of(letter, Paper.A4), "content.xml").getDocumentElement().getTextContent();
      assertThat(text).as(letter.language()).contains(letter.text().toArray(String[]::new));
      assertThat(text).contains("________");
    }
  }

  @Test
  void signsThatXmlWouldReadAreWordsAndAnyCharacterIsKept() throws Exception {
    Letter letter = Letters.of("en", "A & B <b> \"q\" ]]>", "🌹 部长 be\u0000ll " + "x".repeat(900));
    String text =
        xml(LetterOdt.of(letter, Paper.A4), "content.xml").getDocumentElement().getTextContent();
    assertThat(text).contains("A & B <b> \"q\" ]]>", "🌹 部长 bell", "x".repeat(900));
  }

  @Test
  void itsLanguageDirectionAndPaperAreSaid() throws Exception {
    for (Letter letter : Letters.all()) {
      String mode = letter.rightToLeft() ? "rl-tb" : "lr-tb";
      Document styles = xml(LetterOdt.of(letter, Paper.LETTER), "styles.xml");
      Element sheet = first(styles, "style:1.0", "page-layout-properties");
      assertThat(sheet.getAttributeNS(ODF + "style:1.0", "writing-mode")).isEqualTo(mode);
      assertThat(sheet.getAttributeNS(ODF + "xsl-fo-compatible:1.0", "page-width"))
          .isEqualTo("8.5in");
      assertThat(
              first(styles, "style:1.0", "text-properties")
                  .getAttributeNS(ODF + "xsl-fo-compatible:1.0", "language"))
          .isEqualTo(letter.language());
      NodeList lines = styles.getElementsByTagNameNS(ODF + "style:1.0", "paragraph-properties");
      for (int i = 0; i < lines.getLength(); i++) {
        assertThat(((Element) lines.item(i)).getAttributeNS(ODF + "style:1.0", "writing-mode"))
            .isEqualTo(mode);
      }
    }
  }

  private static Element first(Document document, String space, String name) {
    return (Element) document.getElementsByTagNameNS(ODF + space, name).item(0);
  }

  @Test
  void everyStyleThatIsUsedIsThere() throws Exception {
    byte[] odt = LetterOdt.of(Letters.english(), Paper.A4);
    NodeList used = xml(odt, "content.xml").getElementsByTagNameNS(ODF + "text:1.0", "*");
    List<String> known = List.of(part(odt, "styles.xml").split("style:name=\""));
    for (int i = 0; i < used.getLength(); i++) {
      String style = ((Element) used.item(i)).getAttributeNS(ODF + "text:1.0", "style-name");
      assertThat(style.isEmpty() || known.stream().anyMatch(name -> name.startsWith(style + "\"")))
          .as(style)
          .isTrue();
    }
  }

  @Test
  void theSameLetterGivesTheSameBytesAndTheFileSaysNothingOfItself() throws Exception {
    byte[] odt = LetterOdt.of(Letters.arabic(), Paper.A4);
    assertThat(LetterOdt.of(Letters.arabic(), Paper.A4)).isEqualTo(odt);
    assertThat(xml(odt, "meta.xml").getDocumentElement().getTextContent()).isEqualTo("Letter");
  }
}
