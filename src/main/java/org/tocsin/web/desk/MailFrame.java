package org.tocsin.web.desk;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.tocsin.channels.email.MailContent;
import org.tocsin.channels.email.Template;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Draft;
import org.tocsin.subscribers.Topics;

/**
 * A letter's HTML part as a page of its own, for a sandboxed frame: it may have its inline styles
 * and nothing else, and only our own pages may frame it.
 */
final class MailFrame {
  private static final String POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  private MailFrame() {}

  static void show(RoutingContext ctx, MailContent letter, Draft draft, Messages words) {
    show(ctx, letter.html().filled(hole -> escaped(sample(hole, draft, words))));
  }

  /** With these in its holes; any other is shown as it stands. */
  static void show(RoutingContext ctx, MailContent letter, Map<String, String> holes) {
    show(ctx, filled(letter.html(), holes));
  }

  static String filled(Template template, Map<String, String> holes) {
    return template.filled(hole -> holes.getOrDefault(hole, "{{" + hole + "}}"));
  }

  private static void show(RoutingContext ctx, String html) {
    ctx.response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .end(html);
  }

  /** The text part, filled as one reader would see it. */
  static String text(MailContent letter, Draft draft, Messages words) {
    return letter.text().filled(hole -> sample(hole, draft, words));
  }

  private static String sample(String hole, Draft draft, Messages words) {
    if (hole.endsWith("_url")) {
      return "https://hub.example/u/…";
    }
    return hole.equals("list_name") && !draft.topics().isEmpty()
        ? Topics.label(draft.topics().getFirst(), words)
        : "…";
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;");
  }
}
