package org.tocsin.hub;

import java.util.List;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertState;
import org.tocsin.alerts.AlertType;
import org.tocsin.cases.DemoCases;
import org.tocsin.platform.language.Messages;

/**
 * The desk with the demonstration's cases, members and alerts, and one of each who deal with them.
 */
final class AlertDesk implements AutoCloseable {
  final TestDesk desk = new TestDesk();
  final Messages words = desk.features.languages.in("en");
  final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  final StaffMember approver =
      desk.staff("approver@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);
  final StaffMember releaser =
      desk.staff("releaser@tocsin.example", "Thandiwe Mwangi", Role.RELEASE_OFFICER);
  final StaffMember auditor = desk.staff("auditor@tocsin.example", "Aino Lehtonen", Role.AUDITOR);

  AlertDesk() {
    new DemoMembers(desk.features).write();
    new DemoCases(desk.hub.hub, desk.hub.keyring.sealer(), desk.hub.audit, words)
        .write(officer.id(), approver);
    Demonstration.alerts(desk.features, officer.id(), approver.id(), releaser.id());
  }

  /** The newest that is no stop. */
  Alert in(AlertState state) {
    return all().stream()
        .filter(one -> one.state() == state && one.type() != AlertType.STOP)
        .findFirst()
        .orElseThrow();
  }

  Alert stop() {
    return all().stream().filter(one -> one.type() == AlertType.STOP).findFirst().orElseThrow();
  }

  private List<Alert> all() {
    return desk.features.alerts.list(officer.id(), Long.MAX_VALUE, 100);
  }

  String path(Alert alert) {
    return "/desk/alerts/" + desk.features.keyring.ids().encode("alert", alert.id().value());
  }

  /** Of the alert that is in review: worked on, and it may be told of. */
  String casePath() {
    long about = in(AlertState.IN_REVIEW).chain().caseId().orElseThrow().value();
    return "/desk/cases/" + desk.features.keyring.ids().encode("case", about);
  }

  @Override
  public void close() {
    desk.close();
  }
}
