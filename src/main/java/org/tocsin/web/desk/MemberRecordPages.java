package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.tocsin.access.Staff;
import org.tocsin.audit.AuditEntry;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberErasure;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.Members;
import org.tocsin.correspondents.Members.Card;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** One member: what is known, what was done, and suspending, ending and the yearly look. */
public final class MemberRecordPages {
  private static final Set<String> DONE =
      Set.of("enrolled", "suspended", "resumed", "checked", "ended");

  private final Pages pages;
  private final Members members;
  private final MemberErasure erasure;
  private final Staff staff;

  public MemberRecordPages(Pages pages, Members members, MemberErasure erasure, Staff staff) {
    this.pages = pages;
    this.members = members;
    this.erasure = erasure;
    this.staff = staff;
  }

  /** One thing that was done, and by whom. */
  public record Line(AuditEntry entry, Optional<String> who) {}

  /**
   * @param open whether the address, the name and the wishes are shown
   */
  public record RecordModel(Card card, boolean open, List<Line> history, String done) {
    public Member member() {
      return card.member();
    }
  }

  /** Asks before ending or erasing. */
  public record Ending(Member member, FormProblems problems) {}

  /** GET /desk/members/:id */
  public void show(RoutingContext ctx) {
    String done = Params.query(ctx, "done", 20).filter(DONE::contains).orElse("");
    show(ctx, members.look(id(ctx)), false, done);
  }

  /** POST /desk/members/:id/open */
  public void open(RoutingContext ctx) {
    show(ctx, members.open(MemberDeskPages.actor(ctx), id(ctx)), true, "");
  }

  private void show(RoutingContext ctx, Card card, boolean open, String done) {
    List<Staff.Entry> everybody = staff.list();
    List<Line> history =
        card.history().stream().map(entry -> new Line(entry, who(entry, everybody))).toList();
    pages.show(ctx, "desk/member", new RecordModel(card, open, history, done));
  }

  private static Optional<String> who(AuditEntry entry, List<Staff.Entry> everybody) {
    return everybody.stream()
        .map(Staff.Entry::member)
        .filter(one -> one.id().actor().equals(entry.actor()))
        .map(one -> one.name())
        .findFirst();
  }

  /** POST /desk/members/:id/suspend */
  public void suspend(RoutingContext ctx) {
    change(ctx, members::suspend, "suspended");
  }

  /** POST /desk/members/:id/resume */
  public void resume(RoutingContext ctx) {
    change(ctx, members::resume, "resumed");
  }

  /** POST /desk/members/:id/checked */
  public void checked(RoutingContext ctx) {
    change(ctx, members::checked, "checked");
  }

  /** GET /desk/members/:id/end */
  public void showEnd(RoutingContext ctx) {
    ending(ctx, 200, FormProblems.NONE);
  }

  /** POST /desk/members/:id/end */
  public void end(RoutingContext ctx) {
    if (!Form.of(ctx).checked("sure")) {
      String problem = pages.language(ctx).text("members.end.not_sure");
      ending(ctx, 422, FormProblems.of("sure", problem));
      return;
    }
    change(ctx, members::end, "ended");
  }

  /** GET /desk/members/:id/erase */
  public void showErase(RoutingContext ctx) {
    erasing(ctx, 200, FormProblems.NONE);
  }

  /** POST /desk/members/:id/erase */
  public void erase(RoutingContext ctx) {
    if (!Form.of(ctx).checked("sure")) {
      String problem = pages.language(ctx).text("members.erase.not_sure");
      erasing(ctx, 422, FormProblems.of("sure", problem));
      return;
    }
    erasure.erase(MemberDeskPages.actor(ctx), id(ctx));
    Pages.redirect(ctx, MemberDeskPages.PAGE + "?done=erased");
  }

  private void erasing(RoutingContext ctx, int status, FormProblems problems) {
    pages.show(
        ctx, status, "desk/member_erase", new Ending(members.look(id(ctx)).member(), problems));
  }

  private void ending(RoutingContext ctx, int status, FormProblems problems) {
    pages.show(
        ctx, status, "desk/member_end", new Ending(members.look(id(ctx)).member(), problems));
  }

  private static void change(RoutingContext ctx, BiConsumer<String, MemberId> change, String done) {
    MemberId id = id(ctx);
    change.accept(MemberDeskPages.actor(ctx), id);
    Pages.redirect(ctx, MemberDeskPages.PAGE + "/" + id.value() + "?done=" + done);
  }

  private static MemberId id(RoutingContext ctx) {
    return new MemberId(MemberDeskPages.number(Params.path(ctx, "id")));
  }
}
