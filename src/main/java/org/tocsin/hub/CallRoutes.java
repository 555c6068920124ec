package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.APPROVE_CALL;
import static org.tocsin.access.Permission.CLOSE_CALL;
import static org.tocsin.access.Permission.READ_ANSWERS;
import static org.tocsin.access.Permission.READ_CALLS;
import static org.tocsin.access.Permission.RELEASE_CALL;
import static org.tocsin.access.Permission.WRITE_CALL;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.CallDeskPages;
import org.tocsin.web.desk.CallEditor;
import org.tocsin.web.desk.CallVerbs;
import org.tocsin.web.portal.CallPreviewPages;

/** The desk's calls for volunteers: URL, permission and handler on a line. */
final class CallRoutes {
  private final CallDeskPages calls;
  private final CallPreviewPages preview;
  private final CallEditor editor;
  private final CallVerbs verbs;

  CallRoutes(Features hub, Pages pages) {
    this.calls =
        new CallDeskPages(
            hub.calls, hub.members, hub.broadcasts, hub.staff, hub.audit, hub.keyring.ids(), pages);
    this.preview = new CallPreviewPages(pages, hub.calls, hub.keyring.ids(), hub.clock);
    this.editor = new CallEditor(hub.calls, hub.areas, hub.keyring.ids(), pages);
    this.verbs = new CallVerbs(hub.calls, calls, hub.keyring.ids(), pages);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/calls", READ_CALLS, calls::list),
        desk(GET, "/desk/calls/new", WRITE_CALL, editor::showNew),
        desk(POST, "/desk/calls", WRITE_CALL, editor::create),
        desk(GET, "/desk/calls/:id", READ_CALLS, calls::show),
        desk(POST, "/desk/calls/:id", WRITE_CALL, editor::save),
        desk(GET, "/desk/calls/:id/letter", READ_CALLS, calls::letter),
        desk(GET, "/desk/calls/:id/as/volunteer", READ_CALLS, preview::show),
        desk(GET, "/desk/calls/:id/edit", WRITE_CALL, editor::showEdit),
        desk(POST, "/desk/calls/:id/submit", WRITE_CALL, verbs::submit),
        desk(POST, "/desk/calls/:id/approve", APPROVE_CALL, verbs::approve),
        desk(POST, "/desk/calls/:id/reject", APPROVE_CALL, verbs::reject),
        desk(GET, "/desk/calls/:id/release", RELEASE_CALL, calls::askRelease),
        desk(POST, "/desk/calls/:id/release", RELEASE_CALL, verbs::release),
        desk(POST, "/desk/calls/:id/answers", READ_ANSWERS, calls::openAnswers),
        desk(GET, "/desk/calls/:id/close", CLOSE_CALL, calls::askClose),
        desk(POST, "/desk/calls/:id/close", CLOSE_CALL, verbs::close));
  }
}
