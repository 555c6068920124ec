package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.correspondents.MemberErasure;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;

/** A member's way out: ends the membership and erases what the hub holds of them. */
public final class LeavePages {
  private final Pages pages;
  private final MemberErasure erasure;
  private final PortalCookies cookies;

  public LeavePages(Pages pages, MemberErasure erasure, PortalCookies cookies) {
    this.pages = pages;
    this.erasure = erasure;
    this.cookies = cookies;
  }

  /** Asks before it is done. */
  public record Leaving(PortalSession session, FormProblems problems) {}

  /** GET /portal/leave */
  public void show(RoutingContext ctx, PortalSession session) {
    pages.show(ctx, "portal/leave", new Leaving(session, FormProblems.NONE));
  }

  /** POST /portal/leave */
  public void leave(RoutingContext ctx, PortalSession session) {
    if (!Form.of(ctx).checked("sure")) {
      String problem = pages.language(ctx).text("members.leave.not_sure");
      pages.show(ctx, 422, "portal/leave", new Leaving(session, FormProblems.of("sure", problem)));
      return;
    }
    erasure.erase("person", session.member().id());
    cookies.clearSession(ctx);
    pages.show(ctx, "portal/left", "");
  }
}
