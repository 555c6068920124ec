package org.tocsin.hub;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertJson;
import org.tocsin.alerts.StopReason;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.DemoCases;
import org.tocsin.cases.Profession;
import org.tocsin.cases.WorkState;
import org.tocsin.network.Scope;
import org.tocsin.officials.DemoOfficials;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ReleaseOrder.Mode;

/** All that happens in a hub behind its doors: members, cases, officials, alerts. */
final class PrivateLife {
  private final Features hub;
  private final Path folder;
  private final Messages words;
  private Optional<Alert> alert = Optional.empty();

  PrivateLife(Features hub, Path folder) {
    this.hub = hub;
    this.folder = folder;
    this.words = hub.languages.in("en");
  }

  void begin() {
    new DemoMembers(hub).write();
    new DemoCases(hub.hub, hub.keyring.sealer(), hub.audit, words)
        .write(staff(Role.CASE_OFFICER), hub.staff.get(staff(Role.APPROVER)));
    new DemoOfficials(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock)
        .write(staff(Role.CASE_OFFICER), words);
    // Those who read the news are nobody's business either.
    new DemoPeople(hub, folder).write();
    release(drafted());
  }

  /** Released to all members, and told to the network. */
  void alert() {
    alert = Optional.of(release(drafted()));
  }

  private Alert drafted() {
    CaseFile about =
        hub
            .cases
            .list(staff(Role.CASE_OFFICER), Optional.of(WorkState.ACTIVE), Long.MAX_VALUE, 100)
            .stream()
            .filter(one -> hub.cases.obstacles(one.id(), ConsentScope.NETWORK_ALERT).isEmpty())
            .findFirst()
            .orElseThrow();
    return hub.alerts.create(
        Optional.of(about.id()), Mode.ACTUAL, draft(), staff(Role.CASE_OFFICER), words);
  }

  private Alert release(Alert draft) {
    hub.alerts.submit(draft.id(), staff(Role.CASE_OFFICER), words);
    hub.alerts.approve(draft.id(), staff(Role.APPROVER), Optional.empty());
    return hub.alerts
        .release(
            draft.id(), staff(Role.RELEASE_OFFICER), Optional.empty(), Optional.of(Duration.ZERO))
        .alert();
  }

  private static AlertDraft draft() {
    return AlertJson.draft(AlertCalls.draft());
  }

  void stopAndWriteOn() {
    hub.alerts.stop(alert.orElseThrow().id(), StopReason.SUPERSEDED, staff(Role.NEWSLETTER_EDITOR));
    for (int i = 0; i < 5; i++) {
      hub.cases.create(
          new CaseDetails(
              "Somebody " + i, "", "XN", Profession.values()[i], "Taken in Norvania at night."),
          staff(Role.CASE_OFFICER),
          words);
    }
  }

  /** How many alerts the network was told of. */
  long told() {
    return hub.events.after(Scope.NETWORK, Optional.empty(), 100).stream()
        .filter(one -> one.payload().getString("type").equals("alert.issued"))
        .count();
  }

  private StaffId staff(Role role) {
    return hub.staff.findByEmail(role.word() + "@staff.example").orElseThrow().id();
  }
}
