package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.tocsin.access.SignIn;
import org.tocsin.access.SignInLinks;
import org.tocsin.access.Staff;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Cookies;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** The desk's door: in by password or by a link that works once, and out again. */
public final class SignInPages {
  private static final String DESK = "/desk";
  private static final int LONGEST_PASSWORD = 2_000;

  private final Pages pages;
  private final Cookies cookies;
  private final SignIn signIn;
  private final SignInLinks links;

  public SignInPages(Pages pages, Cookies cookies, SignIn signIn, SignInLinks links) {
    this.pages = pages;
    this.cookies = cookies;
    this.signIn = signIn;
    this.links = links;
  }

  /** The sign-in form; the password is never shown again. */
  public record SignInForm(String email, FormProblems problems) {}

  /** A link's page; only a link that works has a button. */
  public record LinkPage(String path, boolean works) {}

  /** GET /desk/sign-in */
  public void show(RoutingContext ctx) {
    if (cookies.session(ctx).flatMap(signIn::resume).isPresent()) {
      Pages.redirect(ctx, DESK);
      return;
    }
    pages.show(ctx, "desk/sign_in", new SignInForm("", FormProblems.NONE));
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
      Optional<SignIn.Opened> opened = signIn.byPassword(email, password, Visitor.source(ctx));
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
        new SignInForm(email, FormProblems.of(field, pages.language(ctx).text(key))));
  }

  /** What the browser brought along is ended, never taken over. */
  private void enter(RoutingContext ctx, SignIn.Opened opened) {
    cookies.session(ctx).ifPresent(signIn::signOut);
    cookies.setSession(ctx, opened.secret());
    Pages.redirect(ctx, DESK);
  }

  /** POST /desk/sign-in/link: the same answer whoever asks. */
  public void askForLink(RoutingContext ctx) {
    String email = Form.of(ctx).line("email", Staff.LONGEST_EMAIL);
    if (email.isEmpty()) {
      wrong(ctx, 422, email, "email", "desk.sign_in.problem.email");
      return;
    }
    try {
      links.request(email, Visitor.source(ctx));
      Pages.redirect(ctx, "/desk/sign-in/sent");
    } catch (TooMany tooMany) {
      wrong(ctx, 429, email, "email", "desk.sign_in.problem.too_many_links");
    }
  }

  /** GET /desk/sign-in/sent */
  public void linkSent(RoutingContext ctx) {
    pages.show(ctx, "desk/link_sent", "");
  }

  /** GET /desk/sign-in/:token, which changes nothing: mail scanners follow links. */
  public void showLink(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    boolean works = signIn.linkWorks(token);
    pages.show(
        ctx,
        works ? 200 : 410,
        "desk/sign_in_link",
        new LinkPage(works ? "/desk/sign-in/" + token : "", works));
  }

  /** POST /desk/sign-in/:token */
  public void useLink(RoutingContext ctx) {
    Optional<SignIn.Opened> opened = signIn.byLink(Params.path(ctx, "token"));
    if (opened.isPresent()) {
      enter(ctx, opened.get());
    } else {
      pages.show(ctx, 410, "desk/sign_in_link", new LinkPage("", false));
    }
  }

  /** POST /desk/sign-out */
  public void signOut(RoutingContext ctx) {
    cookies.session(ctx).ifPresent(signIn::signOut);
    cookies.clearSession(ctx);
    Pages.redirect(ctx, "/desk/sign-in");
  }
}
