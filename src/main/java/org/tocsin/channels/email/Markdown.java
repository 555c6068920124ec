package org.tocsin.channels.email;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.PolicyFactory;

/**
 * What editors write (CommonMark with tables and bare links), as safe HTML and as plain text.
 *
 * <p>Invariant: both renderings are made from the same sanitised stream, so they say the same.
 * Images, scripts, styles, relative links and every scheme but http, https and mailto are dropped,
 * never refused. A hole survives in words, and as the whole target of a link if its name ends in
 * {@code url}.
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

  private static final PolicyFactory ALLOWED =
      new HtmlPolicyBuilder()
          .allowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote")
          .allowElements("ul", "ol", "li", "pre", "code", "em", "strong", "i", "b", "a")
          .allowElements("table", "thead", "tbody", "tr", "th", "td")
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

  /** Stands for a hole as long as the sanitizer must take it for a link. */
  private static final String HOLE_LINK = "https://hole.invalid/";

  private static final Pattern HOLE_TARGET = Pattern.compile("\\{\\{([a-z_]*url)}}");
  private static final Pattern HOLE_LINKS =
      Pattern.compile(Pattern.quote(HOLE_LINK) + "([a-z_]*url)(?![a-z_/])");

  /** The sanitizer writes <code>{{</code> so that no browser framework takes it for a template. */
  private static final Pattern BROKEN_HOLES =
      Pattern.compile("\\{<!-- -->\\{(" + Holes.NAME + ")}}");

  private Markdown() {}

  /** Safe to stand in any page or mail. */
  public static String html(String markdown) {
    String safe = ALLOWED.sanitize(unsafeHtml(markdown)).strip();
    return restoreHoles(BROKEN_HOLES.matcher(safe).replaceAll("{{$1}}"));
  }

  /** The same for a plain reader, in lines of at most 76 columns; a URL is never broken. */
  public static String text(String markdown) {
    PlainText text = new PlainText();
    HtmlSanitizer.sanitize(unsafeHtml(markdown), ALLOWED.apply(text));
    return restoreHoles(text.toString());
  }

  private static String unsafeHtml(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new Preparation());
    return HTML.render(document);
  }

  private static @Nullable String linkTarget(String element, String attribute, String value) {
    String target = value.strip().toLowerCase(Locale.ROOT);
    return target.startsWith("https://")
            || target.startsWith("http://")
            || target.startsWith("mailto:")
        ? value.strip()
        : null;
  }

  private static String restoreHoles(String rendered) {
    return HOLE_LINKS.matcher(rendered).replaceAll("{{$1}}");
  }

  /** Puts a picture's words in its place and makes link holes look like links. */
  private static final class Preparation extends AbstractVisitor {
    @Override
    public void visit(Image image) {
      visitChildren(image);
      Node child = image.getFirstChild();
      while (child != null) {
        Node next = child.getNext();
        image.insertBefore(child);
        child = next;
      }
      image.unlink();
    }

    @Override
    public void visit(Link link) {
      Matcher hole = HOLE_TARGET.matcher(link.getDestination());
      if (hole.matches()) {
        link.setDestination(HOLE_LINK + hole.group(1));
      }
      visitChildren(link);
    }
  }
}
