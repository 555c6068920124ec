package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.READ_CASES;
import static org.tocsin.access.Permission.WRITE_CASES;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.CaseForms;
import org.tocsin.web.desk.FilingForms;
import org.tocsin.web.desk.FilingPages;

/**
 * The desk's complaints: URL, permission and handler on a line. Each case's team is asked besides.
 */
final class FilingRoutes {
  private final FilingPages filings;
  private final FilingForms forms;

  FilingRoutes(Features hub, Pages pages) {
    this.filings = pages(hub, pages);
    this.forms =
        new FilingForms(
            hub.filings,
            hub.filingSteps,
            hub.filingRecords,
            hub.cases,
            hub.caseTeams,
            new CaseForms(hub.cases, hub.caseTeams, hub.keyring.ids(), pages),
            filings,
            hub.keyring.ids(),
            hub.clock,
            pages);
  }

  /** Also for the pages of others, which show some of it. */
  static FilingPages pages(Features hub, Pages pages) {
    return new FilingPages(
        hub.filings, hub.cases, hub.caseTeams, hub.staff, hub.keyring.ids(), hub.clock, pages);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/filings", READ_CASES, filings::list),
        desk(GET, "/desk/filings/mechanisms", READ_CASES, filings::mechanisms),
        desk(GET, "/desk/filings/:id", READ_CASES, filings::show),
        desk(GET, "/desk/cases/:id/filing", WRITE_CASES, forms::askNew),
        desk(POST, "/desk/cases/:id/filing", WRITE_CASES, forms::begin),
        desk(GET, "/desk/filings/:id/step", WRITE_CASES, forms::askStep),
        desk(POST, "/desk/filings/:id/step", WRITE_CASES, forms::step),
        desk(GET, "/desk/filings/:id/deadline", WRITE_CASES, forms::askDeadline),
        desk(POST, "/desk/filings/:id/deadline", WRITE_CASES, forms::setDeadline),
        desk(POST, "/desk/filings/:id/deadline/end", WRITE_CASES, forms::endDeadline),
        desk(GET, "/desk/filings/:id/note", WRITE_CASES, forms::askNote),
        desk(POST, "/desk/filings/:id/note", WRITE_CASES, forms::addNote),
        desk(POST, "/desk/filings/:id/confidential", WRITE_CASES, forms::setConfidential));
  }
}
