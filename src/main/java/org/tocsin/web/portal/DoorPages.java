package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.tocsin.access.Door;
import org.tocsin.access.LetterCode;
import org.tocsin.access.LinkStanding;
import org.tocsin.correspondents.PortalDoor;
import org.tocsin.correspondents.PortalLinks;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.SameOrigin;

/** The portal's door: ask for a link, come in by it, go out again. */
public final class DoorPages {
  private static final int LONGEST_EMAIL = 1_000;

  private final Pages pages;
  private final PortalCookies cookies;
  private final DoorCookies browsers;
  private final PortalDoor door;
  private final PortalLinks links;

  public DoorPages(
      Pages pages,
      PortalCookies cookies,
      DoorCookies browsers,
      PortalDoor door,
      PortalLinks links) {
    this.pages = pages;
    this.cookies = cookies;
    this.browsers = browsers;
    this.door = door;
    this.links = links;
  }

  /** The form that asks for a link. */
  public record Asking(String email, FormProblems problems) {}

  /** A link's page; only one that works here has a button. */
  public record Link(LinkStanding standing, String token) {}

  /** GET /portal/sign-in */
  public void show(RoutingContext ctx) {
    if (cookies.session(ctx).flatMap(door::resume).isPresent()) {
      Pages.redirect(ctx, "/portal");
      return;
    }
    pages.show(ctx, "portal/sign_in", new Asking("", FormProblems.NONE));
  }

  /** POST /portal/sign-in: the same answer whoever asks. */
  public void ask(RoutingContext ctx) {
    SameOrigin.require(ctx);
    String typed = Form.of(ctx).line("email", LONGEST_EMAIL);
    Optional<EmailAddress> address = EmailAddress.parse(typed);
    if (address.isEmpty()) {
      String problem = pages.language(ctx).text(EmailAddress.problem(typed));
      pages.show(ctx, 422, "portal/sign_in", new Asking(typed, FormProblems.of("email", problem)));
      return;
    }
    links.ask(address.get(), browsers.asking(ctx));
    Pages.redirect(ctx, "/portal/sign-in/sent");
  }

  /** GET /portal/sign-in/sent */
  public void sent(RoutingContext ctx) {
    pages.show(ctx, "portal/sent", FormProblems.NONE);
  }

  /** POST /portal/sign-in/code: a wrong one gets the same answer whoever's it would be. */
  public void enterCode(RoutingContext ctx) {
    SameOrigin.require(ctx);
    String typed = Form.of(ctx).line("code", LetterCode.LONGEST_TYPED);
    Optional<PortalDoor.Entered> entered = door.enterByCode(typed, browsers.browser(ctx));
    if (entered.isPresent()) {
      enter(ctx, entered.get());
      return;
    }
    String problem = pages.language(ctx).text("members.door.code.wrong");
    pages.show(ctx, 422, "portal/sent", FormProblems.of("code", problem));
  }

  /** GET /portal/sign-in/:token, which changes nothing: mail scanners follow links. */
  public void showLink(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    link(ctx, door.look(token, browsers.browser(ctx)), token);
  }

  /** POST /portal/sign-in/:token */
  public void enter(RoutingContext ctx) {
    SameOrigin.require(ctx);
    String token = Params.path(ctx, "token");
    String browser = browsers.browser(ctx);
    Optional<PortalDoor.Entered> entered = door.enter(token, browser);
    if (entered.isPresent()) {
      enter(ctx, entered.get());
    } else {
      link(ctx, door.look(token, browser), token);
    }
  }

  /** What the browser brought along is ended, never taken over. */
  private void enter(RoutingContext ctx, PortalDoor.Entered entered) {
    cookies.session(ctx).ifPresent(door::signOut);
    cookies.setSession(ctx, entered.secret());
    browsers.mark(ctx, Door.MEMBER, entered.member().value());
    Pages.redirect(ctx, cookies.takeBack(ctx));
  }

  private void link(RoutingContext ctx, LinkStanding standing, String token) {
    ctx.response().putHeader("Cache-Control", "no-store");
    int status =
        switch (standing) {
          case WORKS -> 200;
          case OTHER_BROWSER -> 403;
          case OVER -> 410;
        };
    pages.show(ctx, status, "portal/link", new Link(standing, token));
  }

  /** POST /portal/sign-out */
  public void signOut(RoutingContext ctx) {
    SameOrigin.require(ctx);
    cookies.session(ctx).ifPresent(door::signOut);
    cookies.clearSession(ctx);
    Pages.redirect(ctx, "/portal/sign-in");
  }
}
