package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Hold everything, and end it: buttons that stand on every page of the desk. */
public final class HoldVerbs {
  private static final String AFTERWARDS = "/desk";

  private final Standstill standstill;

  public HoldVerbs(Standstill standstill) {
    this.standstill = standstill;
  }

  /** POST /desk/hold */
  public void begin(RoutingContext ctx) {
    standstill.begin(Visitor.staff(ctx).id());
    Pages.redirect(ctx, AFTERWARDS);
  }

  /** POST /desk/hold/resume: the first asks, another makes it so. */
  public void end(RoutingContext ctx) {
    standstill.end(Visitor.staff(ctx).id());
    Pages.redirect(ctx, AFTERWARDS);
  }
}
