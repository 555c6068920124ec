package org.tocsin.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException.Conflict;

/** What a PDF shows, read back out of it. */
class LetterPdfTest {
  /** What was set, as it was before it was shaped: a ligature is its letters again. */
  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return Normalizer.normalize(new PDFTextStripper().getText(document), Normalizer.Form.NFKC);
    }
  }

  /** Without what stands at their ends, which is at the other end among words in another script. */
  private static List<String> words(String text) {
    return List.of(text.replaceAll("[\\p{Cf}\\p{M}]", "").strip().split("[\\s\\p{P}]+"));
  }

  @Test
  void everyWordOfALetterStandsOnItsPage() throws IOException {
    for (Letter letter : Letters.all()) {
      String shown = text(LetterPdf.of(letter, Paper.A4)).replaceAll("[\\p{Cf}\\p{M}]", "");
      for (String line : letter.text().toList()) {
        assertThat(words(shown))
            .as(letter.language() + ": " + line)
            .containsAll(words(Normalizer.normalize(line, Normalizer.Form.NFKC)));
      }
    }
  }

  /**
   * Every sign is of an embedded font and has a glyph there; in Arabic the joined ones are used.
   */
  @Test
  void everySignHasAGlyphInAnEmbeddedFont() throws IOException {
    for (Letter letter : Letters.all()) {
      Signs signs = new Signs();
      try (PDDocument document = Loader.loadPDF(LetterPdf.of(letter, Paper.A4))) {
        signs.getText(document);
      }
      assertThat(signs.fonts).as(letter.language()).isNotEmpty().allMatch(PDFont::isEmbedded);
      assertThat(signs.glyphs).as(letter.language()).isNotEmpty().doesNotContain(0);
      if (letter.language().equals("ar")) {
        assertThat(signs.shown)
            .as("initial, medial, final and lam-alef")
            .contains("\uFEA3", "\uFED4", "\uFEF2", "\uFEFB");
      }
    }
  }

  /** Takes down which glyph of which font each sign was set with. */
  private static final class Signs extends PDFTextStripper {
    final Set<PDFont> fonts = new HashSet<>();
    final Set<Integer> glyphs = new HashSet<>();
    final Set<String> shown = new HashSet<>();

    @Override
    protected void processTextPosition(TextPosition sign) {
      fonts.add(sign.getFont());
      shown.add(sign.getUnicode());
      for (int code : sign.getCharacterCodes()) {
        try {
          if (!sign.getUnicode().isBlank()) {
            glyphs.add(((PDType0Font) sign.getFont()).codeToGID(code));
          }
        } catch (IOException failure) {
          throw new AssertionError(failure);
        }
      }
    }
  }

  @Test
  void aLetterFromRightToLeftStartsAtTheRight() throws IOException {
    assertThat(start(Letters.english(), "Your")).isLessThan(80);
    assertThat(start(Letters.arabic(), "ﻣﻌﺎﻟﻲ")).isGreaterThan(400);
  }

  /** Where a line that holds these signs ends on the side where it begins to be read. */
  private static float start(Letter letter, String word) throws IOException {
    float[] found = {-1};
    String first = word.substring(0, 1);
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void processTextPosition(TextPosition sign) {
            if (sign.getUnicode().equals(first) && found[0] < 0) {
              found[0] = sign.getX();
            }
          }
        };
    try (PDDocument document = Loader.loadPDF(LetterPdf.of(letter, Paper.A4))) {
      stripper.getText(document);
    }
    return found[0];
  }

  @Test
  void whatNoFontCanPrintIsRefusedAndNeverABox() {
    Letter letter = Letters.of("en", "A rose 🌹", "And in Chinese: 部长");
    assertThat(LetterPdf.unprintable(letter)).containsExactly(0x1F339, 0x90E8, 0x957F);
    assertThatThrownBy(() -> LetterPdf.of(letter, Paper.A4))
        .isInstanceOfSatisfying(
            Conflict.class, refused -> assertThat(refused.code()).isEqualTo("letter_characters"));
    assertThat(LetterText.of(letter)).contains("🌹", "部长");
    for (Letter other : Letters.all()) {
      assertThat(LetterPdf.unprintable(other)).as(other.language()).isEmpty();
    }
  }

  /** Each is in one of our fonts and no font has all; FOP would set a hash for the rest. */
  @Test
  void aWordOfManyFontsIsSetInEach() throws IOException {
    Letter letter = Letters.of("en", "Subject", "a\u1D15\u2D30z");
    assertThat(LetterPdf.unprintable(letter)).isEmpty();
    assertThat(text(LetterPdf.of(letter, Paper.A4))).contains("a\u1D15\u2D30z");
  }

  @Test
  void markupIsTextAndControlCharactersAreLeftOut() throws IOException {
    Letter letter =
        Letters.of(
            "en", "A & B <b> \"quoted\" 'so' ]]>", "be\u0000ll\u0007 \u202Eturned \uD800half");
    String shown = text(LetterPdf.of(letter, Paper.A4));
    assertThat(shown).contains("A & B <b> \"quoted\" 'so' ]]>", "bell turned half");
  }

  @Test
  void tenPagesAndAnEndlessWordStayOnThePaper() throws IOException {
    Letter letter =
        Letters.of(
            "es",
            "Detención",
            "Le escribo como colega de la detenida. ".repeat(900),
            "x".repeat(900),
            "El fin.");
    for (Paper paper : Paper.values()) {
      try (PDDocument document = Loader.loadPDF(LetterPdf.of(letter, paper))) {
        assertThat(document.getNumberOfPages()).isGreaterThan(9);
        PDFTextStripper last = new PDFTextStripper();
        last.setStartPage(document.getNumberOfPages());
        assertThat(last.getText(document))
            .contains("El fin.", "Professor Anna Lind", "" + document.getNumberOfPages());
        PDRectangle sheet = document.getPage(0).getMediaBox();
        assertThat(sheet.getWidth()).isEqualTo(paper == Paper.A4 ? 595.3f : 612f, near());
        assertThat(widest(document)).isLessThan(sheet.getWidth() - 60);
      }
    }
  }

  private static org.assertj.core.data.Offset<Float> near() {
    return org.assertj.core.data.Offset.offset(0.1f);
  }

  private static float widest(PDDocument document) throws IOException {
    float[] widest = {0};
    new PDFTextStripper() {
      @Override
      protected void processTextPosition(TextPosition sign) {
        widest[0] = Math.max(widest[0], sign.getEndX());
      }
    }.getText(document);
    return widest[0];
  }

  @Test
  void theFileSaysNothingOfItsMakingAndNothingOfTheLetter() throws IOException {
    byte[] pdf = LetterPdf.of(Letters.russian(), Paper.A4);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Letter");
      assertThat(document.getDocumentInformation().getAuthor()).isNull();
      assertThat(document.getDocumentInformation().getCreator()).isNull();
      assertThat(document.getDocumentInformation().getCreationDate()).isNull();
      assertThat(document.getDocumentInformation().getProducer()).isEmpty();
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("ru");
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      String metadata =
          new String(
              document.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8);
      assertThat(metadata).contains("Letter").doesNotContain("20", "1970", "Ворен", "FOP");
      COSDocument raw = document.getDocument();
      assertThat(raw.getDocumentID().getString(0)).isEqualTo("\0".repeat(16));
    }
    assertThat(new String(pdf, StandardCharsets.ISO_8859_1))
        .doesNotContain(System.getProperty("user.name") + "@", System.getProperty("user.dir"));
  }

  @Test
  void theSameLetterGivesTheSameBytesFromManyThreadsAtOnce() throws Exception {
    byte[] once = LetterPdf.of(Letters.arabic(), Paper.A4);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<byte[]> set = () -> LetterPdf.of(Letters.arabic(), Paper.A4);
      for (Future<byte[]> pdf : threads.invokeAll(java.util.Collections.nCopies(12, set))) {
        assertThat(pdf.get()).isEqualTo(once);
      }
    }
    assertThat(LetterPdf.of(Letters.arabic(), Paper.LETTER)).isNotEqualTo(once);
  }

  @Test
  void theSubjectIsAHeadingForWhoListens() throws IOException {
    try (PDDocument document = Loader.loadPDF(LetterPdf.of(Letters.english(), Paper.A4))) {
      assertThat(document.getDocumentCatalog().getViewerPreferences().displayDocTitle()).isTrue();
      assertThat(roles(document)).contains("H1", "P", "Document");
    }
  }

  private static Set<String> roles(PDDocument document) {
    Set<String> roles = new HashSet<>();
    document
        .getDocumentCatalog()
        .getStructureTreeRoot()
        .getKids()
        .forEach(kid -> collect(kid, roles));
    return roles;
  }

  private static void collect(Object kid, Set<String> roles) {
    if (kid instanceof PDStructureElement element) {
      roles.add(element.getStructureType());
      element.getKids().forEach(child -> collect(child, roles));
    }
  }
}
