package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import org.tocsin.calls.Call;
import org.tocsin.calls.CallId;
import org.tocsin.calls.CallReading;
import org.tocsin.calls.CallReadings;
import org.tocsin.calls.Calls;
import org.tocsin.correspondents.Circle;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Preview;
import org.tocsin.web.Visitor;

/**
 * A call for the staff who write, approve and release it: the very page that volunteers get, in any
 * language ({@code ?lang=}).
 */
public final class CallPreviewPages {
  private final Pages pages;
  private final Calls calls;
  private final OpaqueIds ids;
  private final InstantSource clock;

  public CallPreviewPages(Pages pages, Calls calls, OpaqueIds ids, InstantSource clock) {
    this.pages = pages;
    this.calls = calls;
    this.ids = ids;
    this.clock = clock;
  }

  /** GET /desk/calls/{id}/as/volunteer */
  public void show(RoutingContext ctx) {
    Call call =
        calls.open(
            ids.decode("call", Params.path(ctx, "id"))
                .map(CallId::new)
                .orElseThrow(() -> new NotFound("call")),
            Visitor.staff(ctx).id());
    CallReading reading = CallReadings.preview(call, calls.frozen(call));
    Preview.harmless(ctx);
    pages.show(
        ctx,
        CallPages.TEMPLATE,
        new CallPages.One(
            InventedReader.of(Circle.VOLUNTEER, clock.instant(), pages.language(ctx)),
            reading,
            CallPages.Typed.of(reading),
            FormProblems.NONE,
            false));
  }
}
