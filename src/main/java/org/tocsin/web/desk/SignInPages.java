package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.tocsin.access.Door;
import org.tocsin.access.LetterCode;
import org.tocsin.access.LinkStanding;
import org.tocsin.access.SignIn;
import org.tocsin.access.SignInLinks;
import org.tocsin.access.Staff;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.web.Cookies;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** The desk's door: in by password or by a link that works once, and out again. */
public final class SignInPages {
  private static final String DESK = "/desk";
  private static final int LONGEST_PASSWORD = 2_000;

  private final Pages pages;
  private final Cookies cookies;
  private final DoorCookies browsers;
  private final SignIn signIn;
  private final SignInLinks links;

  public SignInPages(
      Pages pages, Cookies cookies, DoorCookies browsers, SignIn signIn, SignInLinks links) {
    this.pages = pages;
    this.cookies = cookies;
    this.browsers = browsers;
    this.signIn = signIn;
    this.links = links;
  }

  /** The two forms, by password and by link; the password is never shown again. */
  public record SignInForm(String email, FormProblems problems, FormProblems linkProblems) {}

  /** A link's page; only a link that works here has a button. */
  public record LinkPage(String path, LinkStanding standing) {}

  /** GET /desk/sign-in */
  public void show(RoutingContext ctx) {
    if (cookies.session(ctx).flatMap(signIn::resume).isPresent()) {
      Pages.redirect(ctx, DESK);
      return;
    }
    pages.show(ctx, "desk/sign_in", new SignInForm("", FormProblems.NONE, FormProblems.NONE));
  }

  /** POST /desk/sign-in */
  public void signIn(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String email = form.line("email", Staff.LONGEST_EMAIL);
    String password = form.text("password", LONGEST_PASSWORD);
    if (email.isEmpty()) {
      wrong(ctx, 422, email, "email", "desk.sign_in.problem.email");
      return;
    }
    if (password.isEmpty()) {
      wrong(ctx, 422, email, "password", "desk.sign_in.problem.password");
      return;
    }
    try {
      Optional<SignIn.Opened> opened = signIn.byPassword(email, password, browsers.asker(ctx));
      if (opened.isPresent()) {
        enter(ctx, opened.get());
      } else {
        wrong(ctx, 422, email, "password", "desk.sign_in.problem.together");
      }
    } catch (TooMany tooMany) {
      wrong(ctx, 429, email, "password", "desk.sign_in.problem." + tooMany.code());
    }
  }

  private void wrong(RoutingContext ctx, int status, String email, String field, String key) {
    pages.show(
        ctx,
        status,
        "desk/sign_in",
        new SignInForm(
            email, FormProblems.of(field, pages.language(ctx).text(key)), FormProblems.NONE));
  }

  /** What the browser brought along is ended, never taken over. */
  private void enter(RoutingContext ctx, SignIn.Opened opened) {
    cookies.session(ctx).ifPresent(signIn::signOut);
    cookies.setSession(ctx, opened.secret());
    browsers.mark(ctx, Door.STAFF, opened.session().staff().id().value());
    Pages.redirect(ctx, DESK);
  }

  /** POST /desk/sign-in/link: the same answer whoever asks. */
  public void askForLink(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String email = form.line("email", Staff.LONGEST_EMAIL);
    if (email.isEmpty()) {
      noLink(ctx, 422, email, "desk.sign_in.problem.email");
      return;
    }
    try {
      links.request(email, form.checked("forgotten"), browsers.asking(ctx));
      Pages.redirect(ctx, "/desk/sign-in/sent");
    } catch (TooMany tooMany) {
      noLink(ctx, 429, email, "desk.sign_in.problem.too_many_links");
    }
  }

  private void noLink(RoutingContext ctx, int status, String email, String key) {
    pages.show(
        ctx,
        status,
        "desk/sign_in",
        new SignInForm(
            email,
            FormProblems.NONE,
            FormProblems.of("link-email", pages.language(ctx).text(key))));
  }

  /** GET /desk/sign-in/sent */
  public void linkSent(RoutingContext ctx) {
    pages.show(ctx, "desk/link_sent", FormProblems.NONE);
  }

  /** POST /desk/sign-in/code: a wrong one gets the same answer whoever's it would be. */
  public void useCode(RoutingContext ctx) {
    String typed = Form.of(ctx).line("code", LetterCode.LONGEST_TYPED);
    Optional<SignIn.Opened> opened = signIn.byCode(typed, browsers.browser(ctx));
    if (opened.isPresent()) {
      enter(ctx, opened.get());
      return;
    }
    String problem = pages.language(ctx).text("desk.sign_in.code.wrong");
    pages.show(ctx, 422, "desk/link_sent", FormProblems.of("code", problem));
  }

  /** GET /desk/sign-in/:token, which changes nothing: mail scanners follow links. */
  public void showLink(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    link(ctx, token, signIn.look(token, browsers.browser(ctx)));
  }

  /** POST /desk/sign-in/:token */
  public void useLink(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    String browser = browsers.browser(ctx);
    Optional<SignIn.Opened> opened = signIn.byLink(token, browser);
    if (opened.isPresent()) {
      enter(ctx, opened.get());
    } else {
      link(ctx, token, signIn.look(token, browser));
    }
  }

  private void link(RoutingContext ctx, String token, LinkStanding standing) {
    int status =
        switch (standing) {
          case WORKS -> 200;
          case OTHER_BROWSER -> 403;
          case OVER -> 410;
        };
    String path = standing == LinkStanding.WORKS ? "/desk/sign-in/" + token : "";
    pages.show(ctx, status, "desk/sign_in_link", new LinkPage(path, standing));
  }

  /** POST /desk/sign-out */
  public void signOut(RoutingContext ctx) {
    cookies.session(ctx).ifPresent(signIn::signOut);
    cookies.clearSession(ctx);
    Pages.redirect(ctx, "/desk/sign-in");
  }
}
