package org.tocsin.hub;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.DemoAlerts;
import org.tocsin.broadcasts.DemoLedger;
import org.tocsin.calls.DemoCalls;
import org.tocsin.cases.DemoCases;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberState;
import org.tocsin.correspondents.Members;
import org.tocsin.developments.DemoDevelopments;
import org.tocsin.filings.DemoFilings;
import org.tocsin.network.Events;
import org.tocsin.officials.DemoOfficials;
import org.tocsin.outreach.DemoOutreach;
import org.tocsin.platform.language.Languages;
import org.tocsin.publications.DemoNewsletters;

/** What a demo has that no other hub has: invented staff, people, issues, cases and filings. */
final class Demonstration {
  private final Features hub;
  private final Storage storage;

  Demonstration(Features hub, Storage storage) {
    this.hub = hub;
    this.storage = storage;
  }

  /** Fills an empty database; answers with how the demo's staff get in. */
  JsonObject prepare() {
    JsonObject access = new DemoStaff(hub, storage.file(".")).write();
    new DemoMembers(hub).write();
    new DemoPeople(hub, storage.file(".")).write();
    new DemoNewsletters(hub.newsletters, hub.languages.in(Languages.DEFAULT))
        .write(
            staff(access, Role.NEWSLETTER_EDITOR),
            staff(access, Role.APPROVER),
            staff(access, Role.RELEASE_OFFICER));
    new DemoCases(hub.hub, hub.keyring.sealer(), hub.audit, hub.languages.in(Languages.DEFAULT))
        .write(staff(access, Role.CASE_OFFICER), hub.staff.get(staff(access, Role.APPROVER)));
    StaffId officer = staff(access, Role.CASE_OFFICER);
    new DemoOfficials(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock)
        .write(officer, hub.languages.in(Languages.DEFAULT));
    new DemoOutreach(hub.outreach, hub.officials, hub.cases)
        .write(officer, hub.languages.in(Languages.DEFAULT));
    new DemoFilings(
            hub.hub,
            hub.keyring.sealer(),
            hub.audit,
            hub.clock,
            hub.cases,
            hub.caseTeams,
            hub.consents,
            hub.languages)
        .write(officer);
    new DemoDevelopments(
            hub.developments,
            hub.cases,
            hub.consents,
            hub.languages.in(Languages.DEFAULT),
            hub.clock.instant())
        .write(officer, staff(access, Role.APPROVER));
    alerts(hub, officer, staff(access, Role.APPROVER), staff(access, Role.RELEASE_OFFICER));
    calls(hub, officer, staff(access, Role.APPROVER), staff(access, Role.RELEASE_OFFICER));
    return access;
  }

  /** What reaches the hub over the wire, so that its port must be open. */
  void listen(JsonObject access) {
    new DemoEndpoints(
            hub, staff(access, Role.INTEGRATION_ADMIN), staff(access, Role.SECURITY_ADMIN))
        .write();
  }

  /** Made two days ago, and answered yesterday. */
  static void calls(Features hub, StaffId officer, StaffId approver, StaffId releaser) {
    new DemoCalls(
            // A seed of its own, as the alerts have one.
            hub.calls(InstantSource.offset(hub.clock, Duration.ofDays(-2)), new Random(4096)),
            hub.callReadings(InstantSource.offset(hub.clock, Duration.ofDays(-1))),
            new DemoLedger(hub.hub, hub.bus, hub.audiences()),
            hub.members.page(
                new Members.Filter(Circle.VOLUNTEER.word(), MemberState.ACTIVE.name(), false),
                Long.MAX_VALUE,
                100),
            hub.clock.instant(),
            hub.languages.in(Languages.DEFAULT))
        .write(new DemoCalls.People(officer, approver, releaser));
  }

  /** Over a clock of their own: what was done lies some days back. */
  static void alerts(Features hub, StaffId officer, StaffId approver, StaffId releaser) {
    DemoAlerts.Past past = new DemoAlerts.Past(hub.clock);
    Events told = new Events(hub.hub, hub.keyring.ids(), past);
    // A seed of its own: that of the cases would give a chain the very reference of a case.
    Alerts alerts = hub.alerts(past, told, new Random(2048));
    new DemoAlerts(
            hub.cases,
            new DemoLedger(hub.hub, hub.bus, hub.audiences()),
            alerts,
            past,
            hub.languages.in(Languages.DEFAULT))
        .write(new DemoAlerts.People(officer, approver, releaser));
  }

  private StaffId staff(JsonObject access, Role role) {
    String email = access.getJsonObject(role.word()).getString("email");
    return hub.staff.findByEmail(email).orElseThrow().id();
  }
}
