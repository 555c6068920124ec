package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.access.WishTally;
import org.tocsin.correspondents.Application;
import org.tocsin.correspondents.ApplicationDecisions;
import org.tocsin.correspondents.ApplicationDecisions.Dossier;
import org.tocsin.correspondents.ApplicationId;
import org.tocsin.correspondents.MemberId;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** Applications: what waits for a decision, one of them opened, and the decision. */
public final class ApplicationDeskPages {
  private static final String PAGE = MemberDeskPages.PAGE + "/applications";
  private static final int ROWS = 100;

  private final Pages pages;
  private final ApplicationDecisions decisions;
  private final WishTally tally;

  public ApplicationDeskPages(Pages pages, ApplicationDecisions decisions, WishTally tally) {
    this.pages = pages;
    this.decisions = decisions;
    this.tally = tally;
  }

  /**
   * To be shown without names.
   *
   * @param held what of the public's applications waits or was refused
   */
  public record Queue(
      WishTally.Lately held, List<Application> waiting, List<Application> underWay, boolean done) {}

  /** GET /desk/members/applications */
  public void list(RoutingContext ctx) {
    pages.show(
        ctx,
        "desk/applications",
        new Queue(
            tally.lately(),
            decisions.page(ApplicationDecisions.WAITING, Long.MAX_VALUE, ROWS),
            decisions.page(ApplicationDecisions.UNDER_WAY, Long.MAX_VALUE, ROWS),
            Params.query(ctx, "done", 20).isPresent()));
  }

  /** POST /desk/members/applications/:id/open: a POST, because it is written down. */
  public void open(RoutingContext ctx) {
    Dossier dossier = decisions.open(MemberDeskPages.actor(ctx), id(ctx));
    pages.show(ctx, "desk/application", dossier);
  }

  /** POST /desk/members/applications/:id/choose */
  public void choose(RoutingContext ctx) {
    long entry = MemberDeskPages.number(Form.of(ctx).line("entry", 18));
    decisions.choose(MemberDeskPages.actor(ctx), id(ctx), entry);
    Pages.redirect(ctx, PAGE + "?done=yes");
  }

  /** POST /desk/members/applications/:id/accept */
  public void accept(RoutingContext ctx) {
    MemberId member = decisions.accept(MemberDeskPages.actor(ctx), id(ctx));
    Pages.redirect(ctx, MemberDeskPages.PAGE + "/" + member.value() + "?done=enrolled");
  }

  /** POST /desk/members/applications/:id/refuse */
  public void refuse(RoutingContext ctx) {
    decisions.refuse(MemberDeskPages.actor(ctx), id(ctx));
    Pages.redirect(ctx, PAGE + "?done=yes");
  }

  private static ApplicationId id(RoutingContext ctx) {
    return new ApplicationId(MemberDeskPages.number(Params.path(ctx, "id")));
  }
}
