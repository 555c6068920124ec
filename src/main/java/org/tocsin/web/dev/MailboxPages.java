package org.tocsin.web.dev;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.mailbox.CapturedMail;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** The captured mailbox of a demo: whom the hub wrote to, and what they would have read. */
public final class MailboxPages {
  private static final int PAGE = 30;
  private static final int MOST = 500;
  private static final int LONGEST = 254;

  /**
   * What a mail may do in its frame: be styled, and open links in a new tab. Nothing is fetched.
   */
  private static final String FRAME_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
          + "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

  private final CapturedMailbox mailbox;
  private final Settings settings;
  private final Pages pages;

  public MailboxPages(CapturedMailbox mailbox, Settings settings, Pages pages) {
    this.mailbox = mailbox;
    this.settings = settings;
    this.pages = pages;
  }

  /** How a mail is looked at. */
  public enum Look {
    HTML,
    NARROW,
    TEXT,
    HEADERS,
    SOURCE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Look of(Optional<String> word, CapturedMail mail) {
      Look otherwise = mail.html().isEmpty() ? TEXT : HTML;
      for (Look look : values()) {
        if (word.isPresent() && word.get().equals(look.word())) {
          return look;
        }
      }
      return otherwise;
    }
  }

  /** A mail that is open; {@code source} is read only where it is looked at. */
  public record Opened(CapturedMail mail, Look look, String source) {}

  /**
   * @param to what was searched for; may be empty
   * @param older the address of the next page
   */
  public record MailboxPage(
      String to, List<CapturedMail> mails, Optional<String> older, Optional<Opened> opened) {

    public boolean isOpen(CapturedMail mail) {
      return opened.map(one -> one.mail().id().equals(mail.id())).orElse(false);
    }

    /** The address of a mail, with the search kept. */
    public String address(CapturedMail mail) {
      return "/dev/mailbox/" + mail.id() + query("");
    }

    public String address(CapturedMail mail, Look look) {
      return "/dev/mailbox/" + mail.id() + query("look=" + look.word());
    }

    public String back() {
      return "/dev/mailbox" + query("");
    }

    private String query(String more) {
      String search = to.isEmpty() ? "" : "to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
      String all = search + (search.isEmpty() || more.isEmpty() ? "" : "&") + more;
      return all.isEmpty() ? "" : "?" + all;
    }

    public @Nullable String current(Look look) {
      return opened.filter(one -> one.look() == look).isPresent() ? "page" : null;
    }
  }

  /** GET /dev/mailbox */
  public void list(RoutingContext ctx) {
    pages.show(ctx, "dev/mailbox", page(ctx, Optional.empty()));
  }

  /** GET /dev/mailbox/:id */
  public void one(RoutingContext ctx) {
    CapturedMail mail = found(ctx, mailbox::find);
    Look look = Look.of(Params.query(ctx, "look", LONGEST), mail);
    String source =
        look == Look.SOURCE ? new String(found(ctx, mailbox::raw), StandardCharsets.UTF_8) : "";
    pages.show(ctx, "dev/mailbox", page(ctx, Optional.of(new Opened(mail, look, source))));
  }

  private MailboxPage page(RoutingContext ctx, Optional<Opened> opened) {
    Optional<String> to = Params.query(ctx, "to", LONGEST);
    List<CapturedMail> found = mailbox.list(to, Params.query(ctx, "before", LONGEST), PAGE + 1);
    List<CapturedMail> shown = found.subList(0, Math.min(PAGE, found.size()));
    MailboxPage page = new MailboxPage(to.orElse(""), shown, Optional.empty(), opened);
    return found.size() <= PAGE
        ? page
        : new MailboxPage(
            page.to(),
            shown,
            Optional.of("/dev/mailbox" + page.query("before=" + shown.getLast().id())),
            opened);
  }

  /** GET /dev/mailbox/messages */
  public void messages(RoutingContext ctx) {
    int most = Math.min(limit(ctx), MOST);
    List<CapturedMail> found =
        mailbox.list(
            Params.query(ctx, "to", LONGEST), Params.query(ctx, "before", LONGEST), most + 1);
    List<CapturedMail> shown = found.subList(0, Math.min(most, found.size()));
    JsonArray items = new JsonArray();
    shown.forEach(mail -> items.add(json(mail)));
    JsonObject answer =
        new JsonObject()
            .put("items", items)
            .put("next", found.size() > most ? shown.getLast().id() : null);
    ctx.response().putHeader("Content-Type", "application/json").end(answer.encode());
  }

  private static int limit(RoutingContext ctx) {
    String text = Params.query(ctx, "limit", 4).orElse(String.valueOf(PAGE));
    if (!text.matches("[1-9][0-9]*")) {
      throw new Invalid("limit", "Use a number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  private JsonObject json(CapturedMail mail) {
    JsonObject headers = new JsonObject();
    mail.headers().forEach((name, values) -> headers.put(name, new JsonArray(values)));
    return new JsonObject()
        .put("id", mail.id())
        .put("from", mail.author())
        .put("return_path", mail.from())
        .put("to", mail.to())
        .put("subject", mail.subject())
        .put("headers", headers)
        .put("text", mail.text())
        .put("html", mail.html())
        .put("raw_url", settings.http().link("/dev/mailbox/" + mail.id() + "/raw"))
        .put("received_at", mail.receivedAt().toString());
  }

  /** GET /dev/mailbox/:id/html, for the frame: of an origin of its own and without scripts. */
  public void html(RoutingContext ctx) {
    CapturedMail mail = found(ctx, mailbox::find);
    ctx.response()
        .putHeader("Content-Security-Policy", FRAME_POLICY)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(inNewTabs(mail.html()));
  }

  /** The pages that a mail links to refuse to be framed, so its links open beside it. */
  private static String inNewTabs(String html) {
    int head = html.toLowerCase(Locale.ROOT).indexOf("<head>");
    int at = head < 0 ? 0 : head + "<head>".length();
    return html.substring(0, at) + "<base target=\"_blank\">" + html.substring(at);
  }

  /** GET /dev/mailbox/:id/raw */
  public void raw(RoutingContext ctx) {
    byte[] source = found(ctx, mailbox::raw);
    ctx.response()
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(Buffer.buffer(source));
  }

  private static <T> T found(RoutingContext ctx, Function<String, Optional<T>> search) {
    return search.apply(Params.path(ctx, "id")).orElseThrow(() -> new NotFound("mail"));
  }
}
