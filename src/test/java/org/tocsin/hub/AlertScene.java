package org.tocsin.hub;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertId;
import org.tocsin.alerts.AlertKind;
import org.tocsin.alerts.AlertText;
import org.tocsin.alerts.Certainty;
import org.tocsin.alerts.ModelLetter;
import org.tocsin.alerts.Severity;
import org.tocsin.alerts.Target;
import org.tocsin.alerts.Urgency;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.cases.ConsentDraft;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.EligibilityCheck;
import org.tocsin.cases.Profession;
import org.tocsin.cases.Source;
import org.tocsin.cases.SourceDraft;
import org.tocsin.cases.WorkState;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ReleaseOrder.Mode;

/** A case that members may be told of, alerts of it, and members who read them in the portal. */
final class AlertScene {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);

  final TestDesk desk;
  final StaffId officer;
  final StaffMember approver;
  private final Features features;
  private final Messages words;
  private final CaseId about;

  AlertScene(TestDesk desk) {
    this.desk = desk;
    this.features = desk.features;
    this.words = features.languages.in("en");
    this.officer = desk.staff("ines@tocsin.example", "Ines", Role.CASE_OFFICER).id();
    this.approver = desk.staff("olek@tocsin.example", "Olek", Role.APPROVER);
    this.about = activeCase();
  }

  private CaseId activeCase() {
    CaseDetails details =
        new CaseDetails("Ilyas Voren", "", "XN", Profession.PHYSICIAN, "Arrested.");
    CaseId id = features.cases.create(details, officer, words).id();
    features.caseTeams.add(id, approver, officer, words);
    move(id, WorkState.UNDER_REVIEW, officer);
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      features.caseRecords.check(id, word, true, "Seen", officer, words);
    }
    for (Source.Kind kind : List.of(Source.Kind.FAMILY, Source.Kind.PRESS)) {
      features.caseRecords.addSource(
          id, new SourceDraft(kind, true, TODAY, "Told us"), officer, words);
    }
    features.caseRecords.writeRiskNote(id, "His brother lives there.", officer, words);
    features.consents.give(
        id,
        new ConsentDraft(
            Giver.FAMILY,
            Set.of(ConsentScope.CORRESPONDENTS_ALERT, ConsentScope.NETWORK_ALERT),
            TODAY,
            Optional.empty(),
            "A letter"),
        officer,
        words);
    move(id, WorkState.ACTIVE, approver.id());
    return id;
  }

  private void move(CaseId id, WorkState to, StaffId by) {
    features.cases.move(id, features.cases.get(id).version(), to, "", by, words);
  }

  /** To correspondents, with an official in English, one in Arabic and one who has no letter. */
  static AlertDraft draft(String ask, AlertKind kind, Optional<LocalDate> actBy) {
    return new AlertDraft(
        kind,
        Urgency.IMMEDIATE,
        Severity.SEVERE,
        Certainty.OBSERVED,
        Set.of(Circle.CORRESPONDENT),
        false,
        actBy,
        new AlertText(
            ask,
            "Dr Voren was arrested at the hospital on 30 May. Nobody read out a charge.\n\nHis"
                + " lawyer has not been let in.",
            "Write to the minister. A letter in your own words is worth ten of ours.",
            "Be courteous. Write as a colleague.",
            "Do not name the family.",
            "Your own embassy in Norvania.",
            "He published on clean water.",
            "ICCPR, article 9",
            "Tell us below.",
            "In detention, no charge"),
        List.of(
            new Target(
                "Minister of Justice",
                "Ministry of Justice",
                "1 Court Square\nNorvania",
                "minister@justice.example",
                "Your Excellency,",
                "en",
                ""),
            new Target(
                "وزير العدل", "وزارة العدل", "ساحة المحكمة 1", "", "معالي الوزير،", "ar", ""),
            new Target(
                "Président de la Cour",
                "",
                "",
                "",
                "Monsieur le Président,",
                "fr",
                "Mr President,")),
        List.of(
            new ModelLetter(
                "en",
                "The detention of Dr Voren",
                "{{salutation}}\n\nI write to the {{office}} as a colleague of Dr Voren.\n\n"
                    + "Yours sincerely,\n{{name}}"),
            new ModelLetter("ar", "بشأن احتجاز الطبيب", "أكتب إليكم بصفتي زميلا للطبيب المحتجز.")));
  }

  static AlertDraft draft(String ask) {
    return draft(ask, AlertKind.ACTION, Optional.of(LocalDate.of(2026, 7, 1)));
  }

  /** The same, for these. */
  static AlertDraft to(AlertDraft draft, Set<Circle> circles) {
    return new AlertDraft(
        draft.kind(),
        draft.urgency(),
        draft.severity(),
        draft.certainty(),
        circles,
        circles.contains(Circle.NETWORK),
        draft.actBy(),
        draft.text(),
        draft.targets(),
        draft.letters());
  }

  /** Its page at the desk. */
  String staffPath(Alert alert) {
    return "/desk/alerts/" + features.keyring.ids().encode("alert", alert.id().value());
  }

  /** The message whose page at the desk this is. */
  Alert at(String staffPath) {
    String id = staffPath.substring(staffPath.lastIndexOf('/') + 1);
    return features.alerts.get(
        new AlertId(features.keyring.ids().decode("alert", id).orElseThrow()));
  }

  String casePath() {
    return "/desk/cases/" + features.keyring.ids().encode("case", about.value());
  }

  Alert released(AlertDraft draft) {
    return release(features.alerts.create(Optional.of(about), Mode.ACTUAL, draft, officer, words));
  }

  Alert exercise(AlertDraft draft) {
    return release(features.alerts.create(Optional.empty(), Mode.EXERCISE, draft, officer, words));
  }

  Alert updated(Alert alert, AlertDraft draft) {
    return release(features.alerts.update(alert.id(), draft, officer, words));
  }

  /** In review. */
  Alert submitted(AlertDraft draft) {
    Alert alert = features.alerts.create(Optional.of(about), Mode.ACTUAL, draft, officer, words);
    return features.alerts.submit(alert.id(), officer, words);
  }

  private Alert release(Alert draft) {
    features.alerts.submit(draft.id(), officer, words);
    return letGo(draft);
  }

  /** What was submitted. */
  Alert letGo(Alert draft) {
    features.alerts.approve(draft.id(), approver.id(), Optional.empty());
    return features
        .alerts
        .release(draft.id(), approver.id(), Optional.empty(), Optional.of(Duration.ZERO))
        .alert();
  }

  void close(Alert alert) {
    features.alerts.close(alert.id(), "Acquitted", officer, words);
  }

  static String path(Alert alert) {
    return "/portal/alerts/" + alert.chain().reference().text();
  }

  void enrol(Circle circle, String name, String email) {
    features.members.enrol(
        "system",
        new NewMember(
            circle,
            name,
            EmailAddress.parse(email).orElseThrow(),
            "en",
            List.of(),
            Optional.empty()));
  }

  /** A new member's browser, behind the door. */
  TestDesk.Browser reader(Circle circle, String name, String email) {
    enrol(circle, name, email);
    TestDesk.Browser browser = desk.new Browser();
    browser.postOnly(link(browser, email));
    return browser;
  }

  /** The link that this browser asked for. */
  String link(TestDesk.Browser browser, String email) {
    browser.postOnly("/portal/sign-in", "email", email);
    features.portalLinks.round();
    return new Letters(desk).link("portal_link");
  }
}
