package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.OPTIONS;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.web.Route.site;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.web.Cookies;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.api.ApiOperation;
import org.tocsin.web.desk.RolesPage;
import org.tocsin.web.dev.MailboxPages;
import org.tocsin.web.dev.Receivers;

/** The route table of the pages, one part an area; {@code GET /desk/roles} shows all of it. */
final class Routes {
  private final SiteRoutes site;
  private final DoorRoutes door;
  private final CaseRoutes cases;
  private final AlertRoutes alerts;
  private final CallRoutes calls;
  private final OfficialRoutes officials;
  private final FilingRoutes filings;
  private final DevelopmentRoutes developments;
  private final WorkRoutes work;
  private final MemberRoutes members;
  private final Optional<MailboxPages> mailbox;
  private final Optional<Receivers> receivers;

  Routes(Features hub, Pages pages, Cookies cookies, Optional<CapturedMailbox> captured) {
    this.site = new SiteRoutes(hub, pages);
    this.door = new DoorRoutes(hub, pages, cookies, () -> lines(new Operations(hub).all()));
    this.cases = new CaseRoutes(hub, pages);
    this.alerts = new AlertRoutes(hub, pages);
    this.calls = new CallRoutes(hub, pages);
    this.officials = new OfficialRoutes(hub, pages);
    this.filings = new FilingRoutes(hub, pages);
    this.developments = new DevelopmentRoutes(hub, pages);
    this.work = new WorkRoutes(hub, pages);
    this.members = new MemberRoutes(hub, pages);
    this.mailbox =
        captured
            .filter(anyhow -> hub.settings.demo())
            .map(mails -> new MailboxPages(mails, hub.settings, pages));
    this.receivers =
        hub.settings.demo() && hub.settings.webhooks().allowPrivate()
            ? Optional.of(new Receivers())
            : Optional.empty();
  }

  List<Route> all() {
    return Stream.of(
            site.all(),
            door.all(),
            cases.all(),
            alerts.all(),
            calls.all(),
            officials.all(),
            filings.all(),
            developments.all(),
            work.all(),
            members.all(),
            inDemos())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> inDemos() {
    return Stream.of(
            mailbox.map(Routes::of).orElse(List.of()), receivers.map(Routes::of).orElse(List.of()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> of(Receivers receivers) {
    return List.of(
        site(OPTIONS, "/dev/receivers/:manner/:name", receivers::consent),
        site(POST, "/dev/receivers/:manner/:name", receivers::hear));
  }

  private static List<Route> of(MailboxPages mailbox) {
    return List.of(
        site(GET, "/dev/mailbox", mailbox::list),
        site(GET, "/dev/mailbox/messages", mailbox::messages),
        site(GET, "/dev/mailbox/:id", mailbox::one),
        site(GET, "/dev/mailbox/:id/html", mailbox::html),
        site(GET, "/dev/mailbox/:id/raw", mailbox::raw));
  }

  private List<RolesPage.Line> lines(List<ApiOperation> operations) {
    return Stream.concat(
            all().stream().map(RolesPage.Line::of),
            operations.stream().map(one -> new RolesPage.Line("API", one.id(), one.permission())))
        .toList();
  }
}
