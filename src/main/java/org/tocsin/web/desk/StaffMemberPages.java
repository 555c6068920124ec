package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Role;
import org.tocsin.access.SignIn;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** One member of staff: roles, sessions, tokens, the end. */
public final class StaffMemberPages {
  private static final String PAGE = "/desk/staff";
  private static final Set<String> DONE = Set.of("roles", "token", "signed_out");

  private final Pages pages;
  private final Staff staff;
  private final SignIn signIn;
  private final ApiTokens tokens;

  public StaffMemberPages(Pages pages, Staff staff, SignIn signIn, ApiTokens tokens) {
    this.pages = pages;
    this.staff = staff;
    this.signIn = signIn;
    this.tokens = tokens;
  }

  /**
   * One member of staff.
   *
   * @param oneself whether it is who is looking: nobody changes their own rights
   */
  public record OneStaff(
      Staff.Entry entry,
      Set<Role> roles,
      List<Role> all,
      List<ApiTokens.Token> tokens,
      boolean oneself,
      String done,
      FormProblems problems) {}

  /** Asks before ending. */
  public record Ending(StaffMember member, FormProblems problems) {}

  /** GET /desk/staff/:id */
  public void show(RoutingContext ctx) {
    Staff.Entry entry = entry(ctx);
    show(ctx, 200, entry, entry.member().roles(), Params.query(ctx, "done", 20).filter(DONE::contains).orElse(""), FormProblems.NONE);
  }

  private Staff.Entry entry(RoutingContext ctx) {
    long number = number(Params.path(ctx, "id"));
    return staff.list().stream()
        .filter(entry -> entry.member().id().value() == number)
        .findFirst()
        .orElseThrow(() -> new NotFound("member of staff"));
  }

  private void show(
      RoutingContext ctx,
      int status,
      Staff.Entry entry,
      Set<Role> roles,
      String done,
      FormProblems problems) {
    pages.show(
        ctx,
        status,
        "desk/staff_one",
        new OneStaff(
            entry,
            roles,
            List.of(Role.values()),
            tokens.list(entry.member().id()),
            entry.member().id().equals(Visitor.staff(ctx).id()),
            done,
            problems));
  }

  /** POST /desk/staff/:id/roles */
  public void changeRoles(RoutingContext ctx) {
    Staff.Entry entry = entry(ctx);
    Form form = Form.of(ctx);
    Set<Role> roles = StaffPages.roles(form);
    try {
      form.check();
      staff.changeRoles(actor(ctx), entry.member().id(), roles);
      Pages.redirect(ctx, page(entry) + "?done=roles");
    } catch (Invalid invalid) {
      show(ctx, 422, entry, roles, "", StaffPages.problems(pages.language(ctx), invalid));
    } catch (Conflict last) {
      show(ctx, 409, entry, roles, "", StaffPages.conflict(pages.language(ctx), "roles", last));
    }
  }

  /** GET /desk/staff/:id/end */
  public void showEnd(RoutingContext ctx) {
    StaffMember member = staff.get(new StaffId(number(Params.path(ctx, "id"))));
    pages.show(ctx, "desk/staff_end", new Ending(member, FormProblems.NONE));
  }

  /** POST /desk/staff/:id/end */
  public void end(RoutingContext ctx) {
    StaffMember member = staff.get(new StaffId(number(Params.path(ctx, "id"))));
    try {
      staff.end(actor(ctx), member.id());
      Pages.redirect(ctx, PAGE + "?done=ended");
    } catch (Conflict last) {
      pages.show(ctx, 409, "desk/staff_end", new Ending(member, StaffPages.conflict(pages.language(ctx), "end", last)));
    }
  }

  /** POST /desk/staff/:id/sign-out: a lost laptop must not wait for its owner. */
  public void signOut(RoutingContext ctx) {
    Staff.Entry entry = entry(ctx);
    signIn.signOutEverywhere(actor(ctx), entry.member());
    Pages.redirect(ctx, page(entry) + "?done=signed_out");
  }

  /** POST /desk/staff/:id/tokens/:token/revoke */
  public void revokeToken(RoutingContext ctx) {
    Staff.Entry entry = entry(ctx);
    long id = number(Params.path(ctx, "token"));
    if (tokens.list(entry.member().id()).stream().noneMatch(token -> token.id() == id)) {
      throw new NotFound("token");
    }
    tokens.revoke(actor(ctx), id);
    Pages.redirect(ctx, page(entry) + "?done=token");
  }

  private static String actor(RoutingContext ctx) {
    return Visitor.staff(ctx).id().actor();
  }

  private static String page(Staff.Entry entry) {
    return PAGE + "/" + entry.member().id().value();
  }

  static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new NotFound("page");
    }
    return Long.parseLong(text);
  }
}
