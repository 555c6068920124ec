package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.READ_MEMBERS;
import static org.tocsin.access.Permission.WRITE_MEMBERS;
import static org.tocsin.web.Route.desk;
import static org.tocsin.web.Route.person;

import java.util.List;
import java.util.stream.Stream;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.ApplicationDeskPages;
import org.tocsin.web.desk.MemberDeskPages;
import org.tocsin.web.desk.MemberRecordPages;
import org.tocsin.web.desk.RosterPages;
import org.tocsin.web.portal.AddressPages;
import org.tocsin.web.portal.AlertLetterPages;
import org.tocsin.web.portal.AlertNotices;
import org.tocsin.web.portal.AlertPages;
import org.tocsin.web.portal.CallNotices;
import org.tocsin.web.portal.CallPages;
import org.tocsin.web.portal.DoorPages;
import org.tocsin.web.portal.HomePages;
import org.tocsin.web.portal.LeavePages;
import org.tocsin.web.portal.Notices;
import org.tocsin.web.portal.PortalCookies;
import org.tocsin.web.portal.PortalGuard;

/** The portal, and the desk's members: URL, permission and handler on a line. */
final class MemberRoutes {
  private final PortalGuard guard;
  private final DoorPages door;
  private final HomePages home;
  private final AddressPages address;
  private final LeavePages leave;
  private final AlertPages alerts;
  private final AlertLetterPages letters;
  private final CallPages calls;
  private final MemberDeskPages members;
  private final MemberRecordPages member;
  private final ApplicationDeskPages applications;
  private final RosterPages roster;

  MemberRoutes(Features hub, Pages pages) {
    PortalCookies cookies = new PortalCookies(hub.settings.http().secure());
    this.guard = new PortalGuard(pages, hub.portalDoor, cookies);
    DoorCookies browsers = new DoorCookies(hub.settings.http().secure(), hub.marks);
    this.door = new DoorPages(pages, cookies, browsers, hub.portalDoor, hub.portalLinks);
    this.home =
        new HomePages(
            pages,
            hub.memberChoices,
            Notices.all(
                List.of(
                    new AlertNotices(hub.readings, hub.clock), new CallNotices(hub.callReadings))),
            hub.areas,
            hub.languages,
            hub.clock);
    this.alerts = new AlertPages(pages, hub.readings, hub.clock);
    this.calls = new CallPages(pages, hub.callReadings);
    this.letters = new AlertLetterPages(pages, hub.readings, hub.clock);
    this.members = new MemberDeskPages(pages, hub.members, hub.applicationDecisions, hub.areas);
    this.address = new AddressPages(pages, hub.memberAddressChanges);
    this.leave = new LeavePages(pages, hub.memberErasure, cookies);
    this.member = new MemberRecordPages(pages, hub.members, hub.memberErasure, hub.staff);
    this.applications =
        new ApplicationDeskPages(pages, hub.applicationDecisions, hub.applicationTally);
    this.roster = new RosterPages(pages, hub.rosterImport);
  }

  List<Route> all() {
    return Stream.of(portal(), desks()).flatMap(List::stream).toList();
  }

  /** Behind its own guard: a session of the desk opens nothing here, nor the other way round. */
  private List<Route> portal() {
    return List.of(
        person(GET, "/portal", guard.member(home::home)),
        person(GET, "/portal/sign-in", door::show),
        person(POST, "/portal/sign-in", door::ask),
        person(GET, "/portal/sign-in/sent", door::sent),
        person(POST, "/portal/sign-in/code", door::enterCode),
        person(GET, "/portal/sign-in/:token", door::showLink),
        person(POST, "/portal/sign-in/:token", door::enter),
        person(POST, "/portal/sign-out", guard.member((ctx, session) -> door.signOut(ctx))),
        person(GET, "/portal/preferences", guard.member(home::showChoices)),
        person(POST, "/portal/preferences", guard.member(home::choose)),
        person(GET, "/portal/address", guard.member(address::show)),
        person(POST, "/portal/address", guard.member(address::ask)),
        person(GET, "/portal/address/:token", address::showProof),
        person(POST, "/portal/address/:token", address::prove),
        person(GET, "/portal/leave", guard.member(leave::show)),
        person(POST, "/portal/leave", guard.member(leave::leave)),
        person(GET, "/portal/alerts/:reference", guard.member(alerts::show)),
        person(POST, "/portal/alerts/:reference/reports", guard.member(alerts::report)),
        person(GET, "/portal/alerts/:reference/letters/:file", guard.member(letters::letter)),
        person(GET, "/portal/calls/:reference", guard.member(calls::show)),
        person(POST, "/portal/calls/:reference/answer", guard.member(calls::answer)));
  }

  private List<Route> desks() {
    return List.of(
        desk(GET, "/desk/members", READ_MEMBERS, members::list),
        desk(POST, "/desk/members/find", WRITE_MEMBERS, members::find),
        desk(GET, "/desk/members/new", WRITE_MEMBERS, members::showNew),
        desk(POST, "/desk/members", WRITE_MEMBERS, members::enrol),
        desk(GET, "/desk/members/roster", READ_MEMBERS, roster::show),
        desk(POST, "/desk/members/roster", WRITE_MEMBERS, roster::run),
        desk(GET, "/desk/members/applications", READ_MEMBERS, applications::list),
        desk(POST, "/desk/members/applications/:id/open", WRITE_MEMBERS, applications::open),
        desk(POST, "/desk/members/applications/:id/choose", WRITE_MEMBERS, applications::choose),
        desk(POST, "/desk/members/applications/:id/accept", WRITE_MEMBERS, applications::accept),
        desk(POST, "/desk/members/applications/:id/refuse", WRITE_MEMBERS, applications::refuse),
        desk(GET, "/desk/members/:id", READ_MEMBERS, member::show),
        desk(POST, "/desk/members/:id/open", WRITE_MEMBERS, member::open),
        desk(POST, "/desk/members/:id/suspend", WRITE_MEMBERS, member::suspend),
        desk(POST, "/desk/members/:id/resume", WRITE_MEMBERS, member::resume),
        desk(POST, "/desk/members/:id/checked", WRITE_MEMBERS, member::checked),
        desk(GET, "/desk/members/:id/end", WRITE_MEMBERS, member::showEnd),
        desk(POST, "/desk/members/:id/end", WRITE_MEMBERS, member::end),
        desk(GET, "/desk/members/:id/erase", WRITE_MEMBERS, member::showErase),
        desk(POST, "/desk/members/:id/erase", WRITE_MEMBERS, member::erase));
  }
}
