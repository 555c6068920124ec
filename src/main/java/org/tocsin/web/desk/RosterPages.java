package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.tocsin.correspondents.Listing;
import org.tocsin.correspondents.RosterImport;
import org.tocsin.correspondents.RosterImport.Summary;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;

/**
 * The roster: how many it has, a list pasted in, and what became of its rows. A whole academy comes
 * by {@code tocsin import roster}: a form is bounded.
 */
public final class RosterPages {
  private static final int LONGEST = 400_000;

  private final Pages pages;
  private final RosterImport roster;

  public RosterPages(Pages pages, RosterImport roster) {
    this.pages = pages;
    this.roster = roster;
  }

  /** What the page shows; the pasted rows are shown again only where they were refused whole. */
  public record Model(
      List<Listing> listings, Optional<Summary> summary, String pasted, FormProblems problems) {}

  /** GET /desk/members/roster */
  public void show(RoutingContext ctx) {
    pages.show(
        ctx, "desk/roster", new Model(roster.listings(), Optional.empty(), "", FormProblems.NONE));
  }

  /** POST /desk/members/roster */
  public void run(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String pasted = form.text("rows", LONGEST);
    try {
      form.check();
      Summary summary = roster.run(MemberDeskPages.actor(ctx), pasted);
      pages.show(
          ctx,
          "desk/roster",
          new Model(roster.listings(), Optional.of(summary), "", FormProblems.NONE));
    } catch (Invalid invalid) {
      pages.show(
          ctx,
          422,
          "desk/roster",
          new Model(
              roster.listings(),
              Optional.empty(),
              pasted,
              FormProblems.of("rows", String.valueOf(invalid.getMessage()))));
    }
  }
}
