package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tocsin.correspondents.ApplicationDecisions;
import org.tocsin.correspondents.Areas;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.MemberState;
import org.tocsin.correspondents.Members;
import org.tocsin.correspondents.Members.Filter;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Members: how many, a list without names, one found by the exact address, somebody enrolled. */
public final class MemberDeskPages {
  static final String PAGE = "/desk/members";
  private static final int ROWS = 50;
  private static final int LONGEST_EMAIL = 1_000;
  private static final int LONGEST_NAME = 120;

  private final Pages pages;
  private final Members members;
  private final ApplicationDecisions applications;
  private final Areas areas;

  public MemberDeskPages(
      Pages pages, Members members, ApplicationDecisions applications, Areas areas) {
    this.pages = pages;
    this.members = members;
    this.applications = applications;
    this.areas = areas;
  }

  /**
   * @param waiting applications that wait for a decision
   * @param people to be shown masked
   * @param next the last one's number, where there may be more
   * @param erased whether somebody was erased just now
   */
  public record ListModel(
      Members.Overview overview,
      long waiting,
      Filter filter,
      List<Member> people,
      OptionalLong next,
      boolean erased,
      FormProblems problems) {
    public List<Circle> circles() {
      return List.of(Circle.values());
    }

    public List<MemberState> states() {
      return List.of(MemberState.values());
    }
  }

  /** The form that enrols somebody whom staff vouches for. */
  public record NewModel(
      String circle,
      String name,
      String email,
      List<String> areas,
      List<String> offered,
      FormProblems problems) {}

  /** GET /desk/members */
  public void list(RoutingContext ctx) {
    Filter filter =
        new Filter(
            Params.query(ctx, "circle", 20).filter(one -> Circle.of(one).isPresent()).orElse(""),
            Params.query(ctx, "state", 20)
                .filter(
                    one -> Arrays.stream(MemberState.values()).anyMatch(s -> s.name().equals(one)))
                .orElse(""),
            Params.query(ctx, "due", 5).isPresent());
    long before =
        Params.query(ctx, "before", 19).map(MemberDeskPages::number).orElse(Long.MAX_VALUE);
    show(ctx, 200, filter, before, FormProblems.NONE);
  }

  private void show(
      RoutingContext ctx, int status, Filter filter, long before, FormProblems problems) {
    List<Member> found = members.page(filter, before, ROWS);
    pages.show(
        ctx,
        status,
        "desk/members",
        new ListModel(
            members.overview(),
            applications.waiting(),
            filter,
            found,
            found.size() < ROWS
                ? OptionalLong.empty()
                : OptionalLong.of(found.getLast().id().value()),
            Params.query(ctx, "done", 10).filter("erased"::equals).isPresent(),
            problems));
  }

  /** POST /desk/members/find: a POST, so that the address stands in no URL and no log. */
  public void find(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    String typed = Form.of(ctx).text("email", LONGEST_EMAIL);
    Optional<EmailAddress> address = EmailAddress.parse(typed);
    Optional<MemberId> found = address.flatMap(known -> members.find(actor(ctx), known));
    if (found.isPresent()) {
      Pages.redirect(ctx, PAGE + "/" + found.get().value());
      return;
    }
    String key = address.isEmpty() ? EmailAddress.problem(typed) : "members.desk.find.nobody";
    show(
        ctx,
        address.isEmpty() ? 422 : 404,
        Filter.ALL,
        Long.MAX_VALUE,
        FormProblems.of("email", words.text(key)));
  }

  /** GET /desk/members/new */
  public void showNew(RoutingContext ctx) {
    fresh(ctx, 200, "", "", "", List.of(), FormProblems.NONE);
  }

  private void fresh(
      RoutingContext ctx,
      int status,
      String circle,
      String name,
      String email,
      List<String> chosen,
      FormProblems problems) {
    pages.show(
        ctx,
        status,
        "desk/member_new",
        new NewModel(circle, name, email, chosen, areas.ids(), problems));
  }

  /** POST /desk/members: correspondents come by application only. */
  public void enrol(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    String circle = form.line("circle", 20);
    String name = form.line("name", LONGEST_NAME);
    String email = form.line("email", LONGEST_EMAIL);
    List<String> chosen = areas.known(form.choices("areas"));
    Optional<Circle> into = Circle.of(circle).filter(one -> one != Circle.CORRESPONDENT);
    Optional<EmailAddress> address = EmailAddress.parse(email);
    if (into.isEmpty()) {
      form.problem("circle", words.text("members.new.problem.circle"));
    }
    if (name.isEmpty()) {
      form.problem("name", words.text("members.new.problem.name"));
    }
    if (address.isEmpty()) {
      form.problem("email", words.text(EmailAddress.problem(email)));
    }
    if (into.filter(Circle.VOLUNTEER::equals).isPresent() && chosen.isEmpty()) {
      form.problem("areas", words.text("members.new.problem.areas"));
    }
    if (!form.problems().isEmpty()) {
      fresh(ctx, 422, circle, name, email, chosen, new FormProblems(form.problems()));
      return;
    }
    try {
      MemberId id =
          members.enrol(
              actor(ctx),
              new NewMember(
                  into.orElseThrow(),
                  name,
                  address.orElseThrow(),
                  words.tag(),
                  into.orElseThrow() == Circle.VOLUNTEER ? chosen : List.of(),
                  Optional.empty()));
      Pages.redirect(ctx, PAGE + "/" + id.value() + "?done=enrolled");
    } catch (Conflict taken) {
      fresh(
          ctx,
          409,
          circle,
          name,
          email,
          chosen,
          FormProblems.of("email", words.text("members.new.problem.taken")));
    }
  }

  static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new NotFound("member");
    }
    return Long.parseLong(text);
  }

  static String actor(RoutingContext ctx) {
    return Visitor.staff(ctx).id().actor();
  }
}
