package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.READ_OFFICIALS;
import static org.tocsin.access.Permission.WRITE_CASES;
import static org.tocsin.access.Permission.WRITE_OFFICIALS;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.CaseForms;
import org.tocsin.web.desk.OfficialEditor;
import org.tocsin.web.desk.OfficialPage;
import org.tocsin.web.desk.OfficialPages;
import org.tocsin.web.desk.OutreachForms;

/**
 * The desk's directory of officials and what was said to them: URL, permission and handler on a
 * line. Outreach is of a case, whose team is asked besides.
 */
final class OfficialRoutes {
  private final OfficialPages officials;
  private final OfficialPage one;
  private final OfficialEditor editor;
  private final OutreachForms outreach;

  OfficialRoutes(Features hub, Pages pages) {
    this.officials = new OfficialPages(hub.officials, hub.officialSearch, hub.keyring.ids(), pages);
    this.one = new OfficialPage(hub.officials, hub.staff, hub.keyring.ids(), pages);
    this.editor = new OfficialEditor(hub.officials, hub.keyring.ids(), pages);
    CaseForms forms = new CaseForms(hub.cases, hub.caseTeams, hub.keyring.ids(), pages);
    this.outreach = new OutreachForms(hub.outreach, hub.officials, hub.cases, forms, pages);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/officials", READ_OFFICIALS, officials::list),
        desk(POST, "/desk/officials/find", READ_OFFICIALS, officials::find),
        desk(GET, "/desk/officials/new", WRITE_OFFICIALS, editor::showNew),
        desk(POST, "/desk/officials", WRITE_OFFICIALS, editor::create),
        desk(GET, "/desk/officials/:id", READ_OFFICIALS, one::show),
        desk(GET, "/desk/officials/:id/edit", WRITE_OFFICIALS, editor::showEdit),
        desk(POST, "/desk/officials/:id", WRITE_OFFICIALS, editor::edit),
        desk(POST, "/desk/officials/:id/checked", WRITE_OFFICIALS, one::checked),
        desk(POST, "/desk/officials/:id/retire", WRITE_OFFICIALS, one::retire),
        desk(POST, "/desk/officials/:id/back", WRITE_OFFICIALS, one::bringBack),
        desk(GET, "/desk/cases/:id/outreach", WRITE_CASES, outreach::askContact),
        desk(POST, "/desk/cases/:id/outreach", WRITE_CASES, outreach::addContact),
        desk(GET, "/desk/cases/:id/reply", WRITE_CASES, outreach::askReply),
        desk(POST, "/desk/cases/:id/reply", WRITE_CASES, outreach::addReply));
  }
}
