package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.APPROVE_ALERT;
import static org.tocsin.access.Permission.READ_ALERTS;
import static org.tocsin.access.Permission.RELEASE_ALERT;
import static org.tocsin.access.Permission.RESUME_ALERT;
import static org.tocsin.access.Permission.STOP_ALERT;
import static org.tocsin.access.Permission.WRITE_ALERT;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.alerts.AlertReach;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.AlertDeskPages;
import org.tocsin.web.desk.AlertEditor;
import org.tocsin.web.desk.AlertVerbs;
import org.tocsin.web.desk.UntoldList;
import org.tocsin.web.portal.AlertPreviewPages;

/** The desk's alerts: URL, permission and handler on a line. Each case's team is asked besides. */
final class AlertRoutes {
  private final AlertDeskPages alerts;
  private final AlertPreviewPages previews;
  private final AlertEditor editor;
  private final AlertVerbs verbs;

  AlertRoutes(Features hub, Pages pages) {
    AlertReach reach =
        new AlertReach(
            hub.hub, hub.correspondentAudience, hub.endpointAudience, hub.memberSelection);
    this.alerts =
        new AlertDeskPages(
            hub.alerts,
            hub.readings,
            reach,
            hub.cases,
            hub.broadcasts,
            hub.staff,
            hub.audit,
            hub.keyring.ids(),
            hub.clock,
            pages);
    this.previews =
        new AlertPreviewPages(pages, hub.alerts, hub.readings, hub.keyring.ids(), hub.clock);
    this.editor = new AlertEditor(hub.alerts, hub.cases, hub.officials, hub.keyring.ids(), pages);
    this.verbs =
        new AlertVerbs(
            hub.alerts,
            alerts,
            new UntoldList(hub.alerts, hub.members, hub.endpoints, hub.audit),
            hub.keyring.ids(),
            pages);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/cases/:id/alerts/new", WRITE_ALERT, editor::showNew),
        desk(POST, "/desk/cases/:id/alerts", WRITE_ALERT, editor::create),
        desk(GET, "/desk/alerts", READ_ALERTS, alerts::list),
        desk(GET, "/desk/alerts/practice", WRITE_ALERT, editor::showPractice),
        desk(POST, "/desk/alerts/practice", WRITE_ALERT, editor::createPractice),
        desk(GET, "/desk/alerts/:id", READ_ALERTS, alerts::show),
        desk(POST, "/desk/alerts/:id", WRITE_ALERT, editor::save),
        desk(GET, "/desk/alerts/:id/letter", READ_ALERTS, alerts::letter),
        desk(GET, "/desk/alerts/:id/as/:circle", READ_ALERTS, previews::show),
        desk(GET, "/desk/alerts/:id/as/:circle/letters/:file", READ_ALERTS, previews::letter),
        desk(GET, "/desk/alerts/:id/edit", WRITE_ALERT, editor::showEdit),
        desk(GET, "/desk/alerts/:id/update", WRITE_ALERT, editor::showUpdate),
        desk(POST, "/desk/alerts/:id/update", WRITE_ALERT, editor::createUpdate),
        desk(POST, "/desk/alerts/:id/submit", WRITE_ALERT, verbs::submit),
        desk(POST, "/desk/alerts/:id/approve", APPROVE_ALERT, verbs::approve),
        desk(POST, "/desk/alerts/:id/reject", APPROVE_ALERT, verbs::reject),
        desk(GET, "/desk/alerts/:id/release", RELEASE_ALERT, alerts::askRelease),
        desk(POST, "/desk/alerts/:id/release", RELEASE_ALERT, verbs::release),
        desk(POST, "/desk/alerts/:id/hold", STOP_ALERT, verbs::hold),
        desk(POST, "/desk/alerts/:id/resume", RESUME_ALERT, verbs::resume),
        desk(GET, "/desk/alerts/:id/stop", STOP_ALERT, verbs::askStop),
        desk(POST, "/desk/alerts/:id/stop", STOP_ALERT, verbs::stop),
        desk(POST, "/desk/alerts/:id/stop/confirm", STOP_ALERT, verbs::confirmStop),
        desk(GET, "/desk/alerts/:id/close", WRITE_ALERT, alerts::askClose),
        desk(POST, "/desk/alerts/:id/close", WRITE_ALERT, verbs::close));
  }
}
