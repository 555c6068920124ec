package org.tocsin.hub;

import io.vertx.core.json.JsonObject;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.cases.DemoCases;
import org.tocsin.filings.DemoFilings;
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
    new DemoFilings(
            hub.hub,
            hub.keyring.sealer(),
            hub.audit,
            hub.clock,
            hub.cases,
            hub.caseTeams,
            hub.consents,
            hub.languages)
        .write(staff(access, Role.CASE_OFFICER));
    return access;
  }

  private StaffId staff(JsonObject access, Role role) {
    String email = access.getJsonObject(role.word()).getString("email");
    return hub.staff.findByEmail(email).orElseThrow().id();
  }
}
