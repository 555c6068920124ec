package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.READ_BROADCASTS;
import static org.tocsin.access.Permission.RESUME_BROADCAST;
import static org.tocsin.access.Permission.STOP_BROADCAST;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.BroadcastPages;

/** The route table of the pages: URL, permission and handler on a line. */
final class Routes {
  private final BroadcastPages broadcasts;

  Routes(Features hub, Pages pages) {
    this.broadcasts = new BroadcastPages(hub.broadcasts, hub.controls, hub.keyring.ids(), pages, hub.clock);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/broadcasts", READ_BROADCASTS, broadcasts::list),
        desk(GET, "/desk/broadcasts/:id", READ_BROADCASTS, broadcasts::show),
        desk(GET, "/desk/broadcasts/:id/board", READ_BROADCASTS, broadcasts::boardPart),
        desk(GET, "/desk/broadcasts/:id/deliveries", READ_BROADCASTS, broadcasts::deliveries),
        desk(POST, "/desk/broadcasts/:id/pause", STOP_BROADCAST, broadcasts::pause),
        desk(POST, "/desk/broadcasts/:id/cancel", STOP_BROADCAST, broadcasts::cancel),
        desk(POST, "/desk/broadcasts/:id/resume", RESUME_BROADCAST, broadcasts::resume),
        desk(POST, "/desk/broadcasts/:id/retry-failed", RESUME_BROADCAST, broadcasts::retryFailed),
        desk(POST, "/desk/broadcasts/:id/resend-in-doubt", RESUME_BROADCAST, broadcasts::resendInDoubt));
  }
}
