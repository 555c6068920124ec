package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.subscribers.Unsubscribes;
import org.tocsin.subscribers.Unsubscribes.Lists;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/**
 * Leaving by the link of a mail (RFC 8058): a GET shows a button and changes nothing; a POST, from
 * the page or from a mail program, answers 200, needs nothing but the token, and may come as often
 * as it likes.
 */
public final class UnsubscribePages {
  private final Unsubscribes unsubscribes;
  private final Pages pages;

  public UnsubscribePages(Unsubscribes unsubscribes, Pages pages) {
    this.unsubscribes = unsubscribes;
    this.pages = pages;
  }

  public record Model(String token, List<String> topics, boolean done, boolean all) {}

  public void show(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    answer(
        ctx, unsubscribes.look(token).orElseThrow(() -> new NotFound("link")), token, false, false);
  }

  public void leave(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    boolean all = "all".equals(ctx.request().getFormAttribute("what"));
    Lists left =
        (all ? unsubscribes.leaveAll(token) : unsubscribes.leave(token))
            .orElseThrow(() -> new NotFound("link"));
    answer(ctx, left, token, true, all);
  }

  private void answer(RoutingContext ctx, Lists lists, String token, boolean done, boolean all) {
    pages.show(
        ctx,
        200,
        "site/unsubscribe",
        new Model(token, lists.topics(), done, all),
        lists.language().map(pages::in).orElseGet(() -> pages.language(ctx)));
  }
}
