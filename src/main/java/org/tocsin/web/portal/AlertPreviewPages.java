package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertId;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Reading;
import org.tocsin.alerts.Readings;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Preview;
import org.tocsin.web.Visitor;

/**
 * A message and its letters for the staff who write, approve and release it: the very page and the
 * very files that members get, in any language ({@code ?lang=}).
 */
public final class AlertPreviewPages {
  private final Pages pages;
  private final Alerts alerts;
  private final Readings readings;
  private final AlertLetterPages letters;
  private final OpaqueIds ids;
  private final InstantSource clock;

  public AlertPreviewPages(
      Pages pages, Alerts alerts, Readings readings, OpaqueIds ids, InstantSource clock) {
    this.pages = pages;
    this.alerts = alerts;
    this.readings = readings;
    this.letters = new AlertLetterPages(pages, readings, clock);
    this.ids = ids;
    this.clock = clock;
  }

  /** GET /desk/alerts/{id}/as/{circle} */
  public void show(RoutingContext ctx) {
    PortalSession reader = reader(ctx);
    Reading reading = reading(ctx, reader);
    Preview.harmless(ctx);
    pages.show(
        ctx,
        AlertPages.TEMPLATE,
        AlertPages.One.fresh(reader, path(ctx), reading, List.of(), false));
  }

  /** GET /desk/alerts/{id}/as/{circle}/letters/{file} */
  public void letter(RoutingContext ctx) {
    PortalSession reader = reader(ctx);
    Reading reading = reading(ctx, reader);
    Preview.harmless(ctx);
    letters.letter(ctx, reading, path(ctx), reader.member().name());
  }

  private PortalSession reader(RoutingContext ctx) {
    Circle circle =
        Circle.of(Params.path(ctx, "circle")).orElseThrow(() -> new NotFound("audience"));
    return InventedReader.of(circle, clock.instant(), pages.language(ctx));
  }

  private Reading reading(RoutingContext ctx, PortalSession reader) {
    AlertId id =
        ids.decode("alert", Params.path(ctx, "id"))
            .map(AlertId::new)
            .orElseThrow(() -> new NotFound("alert"));
    StaffId viewer = Visitor.staff(ctx).id();
    Alert alert = alerts.open(id, viewer);
    return readings
        .preview(reader.member(), alert, alerts.frozen(alert))
        .orElseThrow(() -> new NotFound("alert"));
  }

  private static String path(RoutingContext ctx) {
    return "/desk/alerts/" + Params.path(ctx, "id") + "/as/" + Params.path(ctx, "circle");
  }
}
