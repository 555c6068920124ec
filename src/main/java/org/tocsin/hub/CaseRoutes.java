package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.CONFIRM_CASE;
import static org.tocsin.access.Permission.READ_CASES;
import static org.tocsin.access.Permission.WRITE_CASES;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.CaseEditor;
import org.tocsin.web.desk.CaseForms;
import org.tocsin.web.desk.CaseOutreach;
import org.tocsin.web.desk.CasePage;
import org.tocsin.web.desk.CasePages;
import org.tocsin.web.desk.CaseRecordForms;
import org.tocsin.web.desk.CaseVerbForms;

/**
 * The desk's casework: URL, permission and handler on a line. Each case's team is asked besides.
 */
final class CaseRoutes {
  private final CasePages cases;
  private final CasePage one;
  private final CaseEditor editor;
  private final CaseRecordForms records;
  private final CaseVerbForms verbs;

  CaseRoutes(Features hub, Pages pages) {
    CaseForms forms = new CaseForms(hub.cases, hub.caseTeams, hub.keyring.ids(), pages);
    this.cases =
        new CasePages(hub.cases, hub.caseRecords, hub.caseSearch, hub.keyring.ids(), pages);
    this.one =
        new CasePage(
            hub.cases,
            hub.caseRecords,
            hub.caseTeams,
            hub.consents,
            hub.staff,
            hub.alerts,
            new CaseOutreach(hub.outreach, hub.officials, hub.keyring.ids()),
            FilingRoutes.pages(hub, pages),
            DevelopmentRoutes.pages(hub, pages),
            hub.keyring.ids(),
            pages);
    this.editor = new CaseEditor(hub.cases, forms, hub.keyring.ids(), pages);
    this.records = new CaseRecordForms(hub.caseRecords, forms);
    this.verbs = new CaseVerbForms(hub.cases, hub.consents, hub.caseTeams, hub.staff, forms);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/cases", READ_CASES, cases::list),
        desk(POST, "/desk/cases/find", READ_CASES, cases::find),
        desk(GET, "/desk/cases/new", WRITE_CASES, editor::showNew),
        desk(POST, "/desk/cases", WRITE_CASES, editor::create),
        desk(GET, "/desk/cases/:id", READ_CASES, one::show),
        desk(GET, "/desk/cases/:id/edit", WRITE_CASES, editor::showEdit),
        desk(POST, "/desk/cases/:id", WRITE_CASES, editor::save),
        desk(GET, "/desk/cases/:id/step", WRITE_CASES, verbs::askStep),
        desk(POST, "/desk/cases/:id/step", WRITE_CASES, verbs::step),
        desk(GET, "/desk/cases/:id/confirm", CONFIRM_CASE, verbs::askConfirm),
        desk(POST, "/desk/cases/:id/confirm", CONFIRM_CASE, verbs::confirm),
        desk(GET, "/desk/cases/:id/situation", WRITE_CASES, records::askSituation),
        desk(POST, "/desk/cases/:id/situation", WRITE_CASES, records::addSituation),
        desk(GET, "/desk/cases/:id/check", WRITE_CASES, records::askCheck),
        desk(POST, "/desk/cases/:id/check", WRITE_CASES, records::check),
        desk(GET, "/desk/cases/:id/source", WRITE_CASES, records::askSource),
        desk(POST, "/desk/cases/:id/source", WRITE_CASES, records::addSource),
        desk(POST, "/desk/cases/:id/source/withdraw", WRITE_CASES, records::withdrawSource),
        desk(GET, "/desk/cases/:id/risk", WRITE_CASES, records::askRisk),
        desk(POST, "/desk/cases/:id/risk", WRITE_CASES, records::writeRisk),
        desk(GET, "/desk/cases/:id/note", WRITE_CASES, records::askNote),
        desk(POST, "/desk/cases/:id/note", WRITE_CASES, records::addNote),
        desk(GET, "/desk/cases/:id/consent", WRITE_CASES, verbs::askConsent),
        desk(POST, "/desk/cases/:id/consent", WRITE_CASES, verbs::giveConsent),
        desk(GET, "/desk/cases/:id/revoke", WRITE_CASES, verbs::askRevoke),
        desk(POST, "/desk/cases/:id/revoke", WRITE_CASES, verbs::revoke),
        desk(GET, "/desk/cases/:id/team", WRITE_CASES, verbs::askTeam),
        desk(POST, "/desk/cases/:id/team", WRITE_CASES, verbs::addMember),
        desk(POST, "/desk/cases/:id/team/remove", WRITE_CASES, verbs::removeMember));
  }
}
