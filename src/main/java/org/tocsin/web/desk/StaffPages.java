package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Who works here: the list, and letting somebody in. */
public final class StaffPages {
  private static final String PAGE = "/desk/staff";
  private static final Set<String> DONE = Set.of("added", "ended");

  private final Pages pages;
  private final Staff staff;

  public StaffPages(Pages pages, Staff staff) {
    this.pages = pages;
    this.staff = staff;
  }

  /** Those who work here, and those who did. */
  public record StaffList(List<Staff.Entry> here, List<Staff.Entry> left, String done) {}

  /** The form for somebody new. */
  public record NewStaff(
      String email, String name, Set<Role> roles, List<Role> all, FormProblems problems) {}

  /** GET /desk/staff */
  public void list(RoutingContext ctx) {
    List<Staff.Entry> all = staff.list();
    pages.show(
        ctx,
        "desk/staff",
        new StaffList(
            all.stream().filter(entry -> entry.ended().isEmpty()).toList(),
            all.stream().filter(entry -> entry.ended().isPresent()).toList(),
            done(ctx)));
  }

  private static String done(RoutingContext ctx) {
    return Params.query(ctx, "done", 20).filter(DONE::contains).orElse("");
  }

  /** GET /desk/staff/new */
  public void showAdd(RoutingContext ctx) {
    pages.show(
        ctx,
        "desk/staff_new",
        new NewStaff("", "", Set.of(), List.of(Role.values()), FormProblems.NONE));
  }

  /** POST /desk/staff */
  public void add(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String email = form.line("email", Staff.LONGEST_EMAIL);
    String name = form.line("name", Staff.LONGEST_NAME);
    Set<Role> roles = roles(form);
    try {
      form.check();
      staff.add(Visitor.staff(ctx).id().actor(), email, name, roles);
      Pages.redirect(ctx, PAGE + "?done=added");
    } catch (Invalid invalid) {
      addAgain(ctx, 422, email, name, roles, problems(pages.language(ctx), invalid));
    } catch (Conflict already) {
      addAgain(ctx, 409, email, name, roles, conflict(pages.language(ctx), "email", already));
    }
  }

  private void addAgain(
      RoutingContext ctx,
      int status,
      String email,
      String name,
      Set<Role> roles,
      FormProblems problems) {
    pages.show(
        ctx,
        status,
        "desk/staff_new",
        new NewStaff(email, name, roles, List.of(Role.values()), problems));
  }

  static Set<Role> roles(Form form) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : form.choices("roles")) {
      Optional<Role> role = Role.of(word);
      if (role.isEmpty()) {
        form.problem("roles", "Choose from the list");
      }
      role.ifPresent(roles::add);
    }
    return roles;
  }

  static FormProblems problems(Messages messages, Invalid invalid) {
    return FormProblems.of(messages, "desk.staff.problem", invalid);
  }

  static FormProblems conflict(Messages messages, String field, Conflict conflict) {
    return FormProblems.of(field, messages.text("desk.staff.problem." + conflict.code()));
  }
}
