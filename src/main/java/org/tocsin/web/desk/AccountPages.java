package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.OwnPassword;
import org.tocsin.access.SignIn;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.web.Cookies;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** One's own account: password, open sessions, tokens. */
public final class AccountPages {
  private static final String PAGE = "/desk/account";
  private static final int LONGEST_PASSWORD = 2_000;
  private static final Set<String> DONE = Set.of("password", "token");

  private final Pages pages;
  private final Cookies cookies;
  private final SignIn signIn;
  private final OwnPassword ownPassword;
  private final ApiTokens tokens;

  public AccountPages(
      Pages pages, Cookies cookies, SignIn signIn, OwnPassword ownPassword, ApiTokens tokens) {
    this.pages = pages;
    this.cookies = cookies;
    this.signIn = signIn;
    this.ownPassword = ownPassword;
    this.tokens = tokens;
  }

  /**
   * @param presentNeeded whether the present password is asked for
   * @param done what was just done, a word of {@link #DONE}, or empty
   */
  public record Account(
      StaffMember staff,
      boolean presentNeeded,
      List<SignIn.OpenSession> sessions,
      List<ApiTokens.Token> tokens,
      String done,
      FormProblems problems) {}

  /** GET /desk/account */
  public void show(RoutingContext ctx) {
    String done = Params.query(ctx, "done", 20).filter(DONE::contains).orElse("");
    show(ctx, 200, done, FormProblems.NONE);
  }

  private void show(RoutingContext ctx, int status, String done, FormProblems problems) {
    StaffMember staff = Visitor.staff(ctx);
    String secret = secret(ctx);
    pages.show(
        ctx,
        status,
        "desk/account",
        new Account(
            staff,
            ownPassword.presentNeeded(secret),
            signIn.openSessions(staff, secret),
            tokens.list(staff.id()).stream().filter(t -> t.revoked().isEmpty()).toList(),
            done,
            problems));
  }

  private String secret(RoutingContext ctx) {
    return cookies.session(ctx).orElseThrow();
  }

  /** POST /desk/account/password */
  public void setPassword(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String present = form.text("present_password", LONGEST_PASSWORD);
    String wanted = form.text("new_password", LONGEST_PASSWORD);
    try {
      form.check();
      SignIn.Opened opened = ownPassword.change(secret(ctx), present, wanted);
      cookies.setSession(ctx, opened.secret());
      Pages.redirect(ctx, PAGE + "?done=password");
    } catch (Invalid invalid) {
      show(ctx, 422, "", FormProblems.of(pages.language(ctx), "desk.account.problem", invalid));
    } catch (TooMany tooMany) {
      show(
          ctx,
          429,
          "",
          FormProblems.of(
              "present_password",
              pages.language(ctx).text("desk.sign_in.problem." + tooMany.code())));
    }
  }

  /** POST /desk/account/sign-out-everywhere */
  public void signOutEverywhere(RoutingContext ctx) {
    signIn.signOutEverywhere(Visitor.staff(ctx));
    cookies.clearSession(ctx);
    Pages.redirect(ctx, "/desk/sign-in");
  }

  /** POST /desk/account/tokens/:token/revoke */
  public void revokeToken(RoutingContext ctx) {
    StaffMember staff = Visitor.staff(ctx);
    long id = StaffMemberPages.number(Params.path(ctx, "token"));
    if (tokens.list(staff.id()).stream().noneMatch(token -> token.id() == id)) {
      throw new NotFound("token");
    }
    tokens.revoke(staff.id().actor(), id);
    Pages.redirect(ctx, PAGE + "?done=token");
  }
}
