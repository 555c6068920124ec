package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.Door;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.Confirmations;
import org.tocsin.subscribers.Confirmations.Standing;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** The link of a confirmation: a page with a button; the button confirms. */
public final class ConfirmPages {
  private final Confirmations confirmations;
  private final DoorCookies browsers;
  private final Pages pages;

  public ConfirmPages(Confirmations confirmations, DoorCookies browsers, Pages pages) {
    this.confirmations = confirmations;
    this.browsers = browsers;
    this.pages = pages;
  }

  /** {@code state} is waiting, confirmed, left or expired. */
  public record Model(String state, String token, List<String> topics, String preferences) {}

  public void show(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    answer(ctx, token, confirmations.look(token));
  }

  public void confirm(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    Optional<Standing> standing = confirmations.confirm(token);
    if (standing.isPresent() && standing.get() instanceof Standing.Confirmed confirmed) {
      browsers.mark(ctx, Door.SUBSCRIBER, confirmed.person().id().value());
    }
    answer(ctx, token, standing);
  }

  private void answer(RoutingContext ctx, String token, Optional<Standing> standing) {
    Standing found = standing.orElseThrow(() -> new NotFound("link"));
    switch (found) {
      case Standing.Expired expired ->
          page(ctx, 410, pages.language(ctx), new Model("expired", token, List.of(), ""));
      case Standing.Waiting waiting ->
          page(
              ctx,
              200,
              pages.in(waiting.person().language()),
              new Model("waiting", token, waiting.topics(), ""));
      case Standing.Confirmed confirmed ->
          page(
              ctx,
              200,
              pages.in(confirmed.person().language()),
              new Model("confirmed", token, confirmed.topics(), confirmed.preferences()));
      case Standing.LeftSince left ->
          page(
              ctx,
              200,
              pages.in(left.person().language()),
              new Model("left", token, List.of(), ""));
    }
  }

  private void page(RoutingContext ctx, int status, Messages words, Model model) {
    pages.show(ctx, status, "site/confirm", model, words);
  }
}
