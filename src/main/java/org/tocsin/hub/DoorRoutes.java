package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.ANYONE;
import static org.tocsin.access.Permission.READ_AUDIT;
import static org.tocsin.access.Permission.READ_DESK;
import static org.tocsin.access.Permission.READ_STAFF;
import static org.tocsin.access.Permission.WRITE_STAFF;
import static org.tocsin.web.Route.desk;

import java.util.List;
import java.util.function.Supplier;
import org.tocsin.web.Cookies;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.AccountPages;
import org.tocsin.web.desk.AuditPages;
import org.tocsin.web.desk.InboxPage;
import org.tocsin.web.desk.RolesPage;
import org.tocsin.web.desk.SignInPages;
import org.tocsin.web.desk.StaffMemberPages;
import org.tocsin.web.desk.StaffPages;

/** The desk's door and who works behind it: URL, permission and handler on a line. */
final class DoorRoutes {
  private final InboxPage inbox;
  private final SignInPages signIn;
  private final AccountPages account;
  private final RolesPage roles;
  private final StaffPages staff;
  private final StaffMemberPages member;
  private final AuditPages audit;

  DoorRoutes(Features hub, Pages pages, Cookies cookies, Supplier<List<RolesPage.Line>> lines) {
    this.inbox =
        new InboxPage(
            hub.newsletters,
            hub.leakAlarms,
            hub.staff,
            hub.broadcasts,
            hub.alerts,
            FilingRoutes.pages(hub, pages),
            hub.endpoints,
            hub.keyring.ids(),
            pages);
    DoorCookies browsers = new DoorCookies(hub.settings.http().secure(), hub.marks);
    this.signIn = new SignInPages(pages, cookies, browsers, hub.signIn, hub.signInLinks);
    this.account = new AccountPages(pages, cookies, hub.signIn, hub.ownPassword, hub.apiTokens);
    this.roles = new RolesPage(pages, lines);
    this.staff = new StaffPages(pages, hub.staff);
    this.member = new StaffMemberPages(pages, hub.staff, hub.signIn, hub.apiTokens);
    this.audit = new AuditPages(pages, hub.audit, hub.staff);
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk", READ_DESK, inbox::show),
        desk(GET, "/desk/sign-in", ANYONE, signIn::show),
        desk(POST, "/desk/sign-in", ANYONE, signIn::signIn),
        desk(POST, "/desk/sign-in/link", ANYONE, signIn::askForLink),
        desk(GET, "/desk/sign-in/sent", ANYONE, signIn::linkSent),
        desk(POST, "/desk/sign-in/code", ANYONE, signIn::useCode),
        desk(GET, "/desk/sign-in/:token", ANYONE, signIn::showLink),
        desk(POST, "/desk/sign-in/:token", ANYONE, signIn::useLink),
        desk(POST, "/desk/sign-out", READ_DESK, signIn::signOut),
        desk(GET, "/desk/account", READ_DESK, account::show),
        desk(POST, "/desk/account/password", READ_DESK, account::setPassword),
        desk(POST, "/desk/account/sign-out-everywhere", READ_DESK, account::signOutEverywhere),
        desk(POST, "/desk/account/tokens/:token/revoke", READ_DESK, account::revokeToken),
        desk(GET, "/desk/roles", READ_DESK, roles::show),
        desk(GET, "/desk/staff", READ_STAFF, staff::list),
        desk(GET, "/desk/staff/new", WRITE_STAFF, staff::showAdd),
        desk(POST, "/desk/staff", WRITE_STAFF, staff::add),
        desk(GET, "/desk/staff/:id", READ_STAFF, member::show),
        desk(POST, "/desk/staff/:id/roles", WRITE_STAFF, member::changeRoles),
        desk(GET, "/desk/staff/:id/end", WRITE_STAFF, member::showEnd),
        desk(POST, "/desk/staff/:id/end", WRITE_STAFF, member::end),
        desk(POST, "/desk/staff/:id/sign-out", WRITE_STAFF, member::signOut),
        desk(POST, "/desk/staff/:id/tokens/:token/revoke", WRITE_STAFF, member::revokeToken),
        desk(GET, "/desk/audit", READ_AUDIT, audit::list),
        desk(POST, "/desk/audit/verify", READ_AUDIT, audit::verify));
  }
}
