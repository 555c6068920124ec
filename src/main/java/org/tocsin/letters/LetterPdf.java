package org.tocsin.letters;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.Fop;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.FopFactoryBuilder;
import org.apache.fop.apps.io.ResourceResolverFactory;
import org.apache.fop.configuration.Configuration;
import org.apache.fop.configuration.ConfigurationException;
import org.apache.fop.configuration.DefaultConfigurationBuilder;
import org.apache.fop.events.Event;
import org.apache.fop.events.model.EventSeverity;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.apache.xmlgraphics.util.MimeConstants;
import org.tocsin.platform.errors.HubException.Conflict;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A letter as a PDF: tagged (PDF/UA-1), in its own fonts, the same bytes for the same letter. */
public final class LetterPdf {
  private static final FopFactory FOP = factory();
  private static final Pattern MOMENT =
      Pattern.compile(
          "/CreationDate \\([^)]*\\)|<(xmp:MetadataDate|xmp:CreateDate|dc:date)>[^<]*</\\1>");
  private static final Pattern IDENTIFIER =
      Pattern.compile("(?<=/ID \\[)<[0-9A-Fa-f]{32}>\\s*<[0-9A-Fa-f]{32}>");

  private LetterPdf() {}

  /**
   * What of a letter no font of ours can print, as code points; empty where nothing. Emoji and
   * Chinese are among it.
   */
  public static Set<Integer> unprintable(Letter letter) {
    return LetterFonts.missing(letter.text().collect(Collectors.joining("\n")));
  }

  /** Conflict {@code letter_characters} where something of it is {@link #unprintable}. */
  public static byte[] of(Letter letter, Paper paper) {
    if (!unprintable(letter).isEmpty()) {
      throw new Conflict(
          "letter_characters", "The letter holds characters that its PDF could not show");
    }
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    try {
      FOUserAgent agent = FOP.newFOUserAgent();
      agent.setCreationDate(Date.from(Instant.EPOCH));
      agent.setProducer("");
      agent.getEventBroadcaster().addEventListener(LetterPdf::judge);
      Fop fop = FOP.newFop(MimeConstants.MIME_PDF, agent, pdf);
      SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
      parsers
          .newSAXParser()
          .parse(
              new InputSource(new StringReader(LetterSheet.of(letter, paper))),
              fop.getDefaultHandler());
    } catch (SAXException | ParserConfigurationException | IOException failure) {
      throw new IllegalStateException("a letter could not be set", failure);
    }
    return timeless(pdf.toByteArray());
  }

  /**
   * Blanks out when it was made, and the identifier that FOP makes of that moment. All keeps its
   * place, or the file's table of contents would be wrong.
   */
  private static byte[] timeless(byte[] pdf) {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    String blank =
        MOMENT.matcher(text).replaceAll(found -> found.group().replaceAll("[^\\n\\r]", " "));
    return IDENTIFIER
        .matcher(blank)
        .replaceAll(found -> found.group().replaceAll("[0-9A-Fa-f]", "0"))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Nothing is logged: what FOP would say quotes the letter. */
  private static void judge(Event event) {
    if (event.getSeverity() == EventSeverity.ERROR
        || event.getSeverity() == EventSeverity.FATAL
        || event.getEventID().endsWith(".glyphNotAvailable")) {
      throw new IllegalStateException("a letter could not be set: " + event.getEventID());
    }
  }

  private static FopFactory factory() {
    URI root = URI.create("font:///");
    FopFactory factory =
        new FopFactoryBuilder(root, new FontsOnly()).setConfiguration(configuration()).build();
    // Or else it would look for fonts by itself.
    factory
        .getFontManager()
        .setResourceResolver(
            ResourceResolverFactory.createInternalResourceResolver(root, new FontsOnly()));
    return factory;
  }

  private static Configuration configuration() {
    StringBuilder fonts = new StringBuilder();
    for (LetterFonts.Family family : LetterFonts.Family.values()) {
      fonts.append(font(family.regular(), family.title(), "normal"));
      fonts.append(font(family.bold(), family.title(), "bold"));
    }
    String xml =
        """
        <fop version="1.0">
          <accessibility keep-empty-tags="false">true</accessibility>
          <use-cache>false</use-cache>
          <renderers>
            <renderer mime="application/pdf">
              <version>1.7</version>
              <pdf-ua-mode>PDF/UA-1</pdf-ua-mode>
              <fonts>%s</fonts>
            </renderer>
          </renderers>
        </fop>
        """
            .formatted(fonts);
    try {
      return new DefaultConfigurationBuilder()
          .build(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (ConfigurationException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private static String font(String resource, String family, String weight) {
    return """
        <font embed-url="%s" kerning="yes">
          <font-triplet name="%s" style="normal" weight="%s"/>
        </font>
        """
        .formatted(resource, family, weight);
  }

  /** Reads our fonts and nothing else, writes nothing. */
  private static final class FontsOnly implements ResourceResolver {
    @Override
    public Resource getResource(URI uri) throws IOException {
      return new Resource(LetterFonts.open(uri.getPath().substring(1)));
    }

    @Override
    public OutputStream getOutputStream(URI uri) throws IOException {
      throw new IOException("nothing is written");
    }
  }
}
