package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.CLEAR_DEVELOPMENT;
import static org.tocsin.access.Permission.READ_DEVELOPMENTS;
import static org.tocsin.access.Permission.WRITE_CASES;
import static org.tocsin.access.Permission.WRITE_NEWSLETTER;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.DevelopmentForms;
import org.tocsin.web.desk.DevelopmentPages;

/** The desk's developments: URL, permission and handler on a line. */
final class DevelopmentRoutes {
  private final DevelopmentPages developments;
  private final DevelopmentForms forms;

  DevelopmentRoutes(Features hub, Pages pages) {
    this.developments = pages(hub, pages);
    this.forms =
        new DevelopmentForms(
            hub.developments,
            hub.cases,
            hub.caseTeams,
            hub.newsletters,
            developments,
            hub.keyring.ids(),
            pages);
  }

  /** Also for the case's page, which shows some of it. */
  static DevelopmentPages pages(Features hub, Pages pages) {
    return new DevelopmentPages(
        hub.developments,
        hub.cases,
        hub.caseTeams,
        hub.leakLint,
        hub.staff,
        hub.newsletters,
        hub.audit,
        hub.keyring.ids(),
        pages);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/developments", READ_DEVELOPMENTS, developments::list),
        desk(GET, "/desk/developments/:id", READ_DEVELOPMENTS, developments::show),
        desk(GET, "/desk/cases/:id/development", WRITE_CASES, forms::askNew),
        desk(POST, "/desk/cases/:id/development", WRITE_CASES, forms::begin),
        desk(GET, "/desk/developments/:id/edit", WRITE_CASES, forms::askEdit),
        desk(POST, "/desk/developments/:id/edit", WRITE_CASES, forms::edit),
        desk(POST, "/desk/developments/:id/clear", CLEAR_DEVELOPMENT, forms::clear),
        desk(POST, "/desk/developments/:id/drop", WRITE_CASES, forms::drop),
        desk(POST, "/desk/developments/:id/newsletter", WRITE_NEWSLETTER, forms::take));
  }
}
