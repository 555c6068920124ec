package org.tocsin.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.owasp.html.Handler;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamRenderer;
import org.owasp.html.PolicyFactory;

/**
 * What editors write (CommonMark with tables and bare links), as safe HTML and as plain text.
 *
 * <p>Invariant: both renderings are made from the same sanitised stream, so they say the same.
 * Images, scripts, styles, relative links and every scheme but http, https and mailto are dropped,
 * never refused. So are characters that no source may hold, however they were written ({@link
 * ReadableText}). Braces are braces: what is a hole is said by {@link Words}.
 */
public final class Markdown {
  private static final int DEEPEST_NESTING = 24;
  private static final List<Extension> EXTENSIONS =
      List.of(
          TablesExtension.create(),
          AutolinkExtension.builder().linkTypes(AutolinkType.URL, AutolinkType.EMAIL).build());
  private static final Parser PARSER =
      Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(DEEPEST_NESTING).build();
  private static final HtmlRenderer HTML = HtmlRenderer.builder().extensions(EXTENSIONS).build();

  /** What stands on lines of its own, whatever it is called. */
  private static final String[] BLOCKS = {
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "figure",
    "figcaption",
    "details",
    "summary",
    "address",
    "center",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "legend"
  };

  private static final PolicyFactory ALLOWED =
      new HtmlPolicyBuilder()
          .allowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote")
          .allowElements("ul", "ol", "li", "pre", "code", "em", "strong", "i", "b", "a")
          .allowElements("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
          .allowElements((element, attributes) -> "div", BLOCKS)
          .allowAttributes("href")
          .matching(Markdown::linkTarget)
          .onElements("a")
          .allowUrlProtocols("http", "https", "mailto")
          .allowAttributes("start")
          .matching(Pattern.compile("[0-9]{1,6}"))
          .onElements("ol")
          .allowAttributes("align")
          .matching(Pattern.compile("left|center|right"))
          .onElements("th", "td")
          .toFactory();

  /** The sanitizer writes <code>{{</code> so that no browser framework takes it for a template. */
  private static final String BETWEEN_BRACES = "<!-- -->";

  private Markdown() {}

  /** Safe to stand in any page or mail. */
  public static String html(String markdown) {
    StringBuilder html = new StringBuilder();
    read(markdown, HtmlStreamRenderer.create(html, Handler.DO_NOTHING));
    return html.toString().strip().replace(BETWEEN_BRACES, "");
  }

  /** The same for a plain reader, in lines of at most 76 columns; a URL is never broken. */
  public static String text(String markdown) {
    PlainText text = new PlainText();
    read(markdown, text);
    return text.toString();
  }

  private static void read(String markdown, HtmlStreamEventReceiver reader) {
    HtmlSanitizer.sanitize(
        HTML.render(PARSER.parse(markdown)),
        ALLOWED.apply(new ReadableText(reader)),
        PicturesAsWords::new);
  }

  private static @Nullable String linkTarget(String element, String attribute, String value) {
    String target = value.strip().toLowerCase(Locale.ROOT);
    return target.startsWith("https://")
            || target.startsWith("http://")
            || target.startsWith("mailto:")
        ? value.strip()
        : null;
  }
}
