package org.tocsin.alerts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.TestEngine;
import org.tocsin.cases.CaseFixture;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.ConsentId;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.CorrespondentAudience;
import org.tocsin.correspondents.DailyHour;
import org.tocsin.correspondents.MailCodes;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.MemberMail;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.correspondents.Members;
import org.tocsin.correspondents.NewMember;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.network.EndpointAudience;
import org.tocsin.network.EndpointHealth;
import org.tocsin.network.Events;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ReleaseOrder.Mode;
import org.tocsin.testing.TestHub;

/** An active case, its team, members who wait for alerts, and an engine that the test steps. */
final class AlertFixture implements AutoCloseable {
  static final Duration LAST_LOOK = Duration.ofMinutes(10);

  final CaseFixture casework = new CaseFixture();
  final TestHub hub = casework.hub;
  final Languages languages = Languages.load();
  final Messages words = languages.in("en");
  final Settings settings = SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true"));
  final MemberVault memberVault = new MemberVault(hub.keyring.sealer(), hub.keyring.lookup());
  final MemberSelection selections = new MemberSelection(hub.keyring.sealer());
  final CorrespondentAudience correspondents =
      new CorrespondentAudience(
          memberVault,
          selections,
          new MailCodes(hub.keyring.lookup()),
          settings.http().link("/portal"),
          new DailyHour(7),
          hub.clock);
  final EndpointAudience endpoints =
      new EndpointAudience(
          hub.keyring.sealer(),
          new EndpointHealth(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock),
          hub.clock);
  final TestEngine engine = new TestEngine(hub, List.of(correspondents, endpoints));
  final Members members =
      new Members(
          hub.hub,
          memberVault,
          new MemberMail(
              new DirectMail(engine.broadcasts, hub.keyring.lookup(), hub.clock),
              new LetterPress(settings)::press,
              languages,
              settings,
              hub.clock),
          hub.audit,
          hub.clock);

  /** What a test says must not be told. */
  final List<String> unspeakable = new ArrayList<>();

  /** What only the alerts do to their broadcasts. */
  final OwnedBroadcasts own = engine.broadcasts.ownedBy(Ways.OWNER);

  private final ThinPress thin =
      new ThinPress(
          new ThinLetters(new LetterPress(settings)::press, languages, settings), settings);
  final Alerts alerts =
      new Alerts(
          new AlertBook(
              hub.hub,
              hub.keyring.sealer(),
              hub.clock,
              hub.audit,
              engine.standstill,
              casework.cases,
              casework.teams,
              about -> unspeakable),
          new Ways(own, new Events(hub.hub, hub.keyring.ids(), hub.clock), selections, thin),
          engine.broadcasts,
          thin,
          LAST_LOOK,
          new Random(7));
  final Consents consents = new Consents(casework.book, List.of(alerts.consentWatch()));
  final StaffId officer = casework.officer.id();
  final StaffId approver = casework.colleague.id();
  final StaffId releaser = casework.member("releaser", Role.RELEASE_OFFICER).id();
  final StaffId anybody = casework.member("anybody", Role.AUDITOR).id();

  /** Active, and its family lets correspondents and academies be told. */
  CaseId activeCase() {
    CaseId id = casework.active().id();
    casework.consent(id, Optional.empty(), ConsentScope.NETWORK_ALERT);
    return id;
  }

  ConsentId consentFor(CaseId id, ConsentScope scope) {
    return consents.list(id).stream()
        .filter(one -> one.scopes().contains(scope))
        .findFirst()
        .orElseThrow()
        .id();
  }

  static AlertDraft draft() {
    return draft("Ask for a fair trial", Set.of(Circle.CORRESPONDENT));
  }

  static AlertDraft draft(String ask, Set<Circle> circles) {
    return new AlertDraft(
        AlertKind.ACTION,
        Urgency.IMMEDIATE,
        Severity.SEVERE,
        Certainty.OBSERVED,
        circles,
        circles.contains(Circle.NETWORK),
        Optional.of(LocalDate.of(2026, 7, 1)),
        new AlertText(
            ask,
            "Dr Voren was arrested at the hospital.",
            "Write to the minister.",
            "Be courteous.",
            "Do not name the family.",
            "",
            "He published on clean water.",
            "ICCPR, article 9",
            "Tell us in the portal.",
            "In detention"),
        List.of(
            new Target(
                "Minister of Justice",
                "Ministry of Justice",
                "1 Court Square\nNorvania",
                "minister@justice.example",
                "Your Excellency",
                "en",
                "")),
        List.of(new ModelLetter("en", "A plea", "{{salutation}}\n\nI write to you.\n\n{{name}}")));
  }

  /** Whoever it is said that our mail is spam. */
  void complained(String address) {
    for (byte[] hash :
        hub.keyring.lookup().allOf(EmailAddress.parse(address).orElseThrow().lookupKey())) {
      hub.hub.run(
          "INSERT INTO engine.suppression (address_hash, reason) VALUES ($1, 'COMPLAINT')",
          Buffer.buffer(hash));
    }
  }

  Alert created() {
    return created(activeCase(), draft());
  }

  Alert created(CaseId about, AlertDraft draft) {
    return alerts.create(Optional.of(about), Mode.ACTUAL, draft, officer, words);
  }

  Alert approved(AlertId id) {
    alerts.submit(id, officer, words);
    return alerts.approve(id, approver, Optional.empty());
  }

  /** In its last look. */
  Alert scheduled() {
    return scheduled(created().id());
  }

  Alert scheduled(AlertId id) {
    approved(id);
    return alerts.release(id, releaser, Optional.empty(), Optional.of(LAST_LOOK)).alert();
  }

  /** Let go at once; the engine has its snapshot and has sent nothing yet. */
  Alert released(AlertId id) {
    approved(id);
    Alert alert =
        alerts.release(id, releaser, Optional.empty(), Optional.of(Duration.ZERO)).alert();
    engine.snapshot();
    return alert;
  }

  List<MemberId> correspondents(int many) {
    List<MemberId> ids = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      ids.add(member(Circle.CORRESPONDENT, "m" + i + "@academy.example"));
    }
    return ids;
  }

  /** Their welcome is not sent: only alerts are counted here. */
  MemberId member(Circle circle, String email) {
    MemberId id =
        members.enrol(
            "system",
            new NewMember(
                circle,
                "Somebody",
                EmailAddress.parse(email).orElseThrow(),
                "en",
                List.of(),
                Optional.empty()));
    engine.undo("member_welcome");
    return id;
  }

  /** One that listens to alerts, in the network's scope. */
  void endpoint(String url) {
    hub.hub.run(
        """
        INSERT INTO network.endpoint (url_sealed, host, scope, types, description, contact_sealed, secret_sealed,
          state, created_by, created_at, state_since)
        VALUES ($1, 'academy.example', 'network', '{alert.issued,alert.updated}', 'An academy', $2, $3, 'REGISTERED', $4, now(), now())
        """,
        sealed("endpoint.url", url),
        sealed("endpoint.contact", "web@academy.example"),
        sealed("endpoint.secret", WebhookSignature.newSecret()),
        officer.value());
    hub.hub.run(
        """
        UPDATE network.endpoint SET confirmed_by = $1, confirmed_at = now(), state = 'ACTIVE', consent = 'CHALLENGE', consent_at = now()
        WHERE state = 'REGISTERED'
        """,
        approver.value());
  }

  private Buffer sealed(String purpose, String text) {
    return Buffer.buffer(hub.keyring.sealer().seal(purpose, text));
  }

  /** For members, and for the endpoints of the network. */
  static AlertDraft draftForAllWays() {
    return draft("Ask for a fair trial", Set.of(Circle.CORRESPONDENT, Circle.NETWORK));
  }

  Progress webhook(Alert alert) {
    return progress(alert, Sending.WEBHOOK);
  }

  Progress email(Alert alert) {
    return progress(alert, Sending.EMAIL);
  }

  Progress progress(Alert alert, String channel) {
    return alerts.sendings(alert.chain().id()).stream()
        .filter(one -> one.alert().equals(alert.id()) && one.channel().equals(channel))
        .map(Sending::broadcast)
        .map(engine::progress)
        .findFirst()
        .orElseThrow();
  }

  /** The stop's own letters. */
  Progress stopMail(Alert alert) {
    return email(stopOf(alert));
  }

  Alert stopOf(Alert alert) {
    return alerts.chain(alert.chain().id()).stream()
        .filter(one -> one.type() == AlertType.STOP)
        .findFirst()
        .orElseThrow();
  }

  void launch(Duration later) {
    hub.clock.advance(later);
    while (alerts.launchRound()) {
      // until there is nothing due
    }
  }

  AlertState state(Alert alert) {
    return alerts.get(alert.id()).state();
  }

  /** The last that this address got, as the channel was given it. */
  String letterTo(String address) {
    return Objects.requireNonNull(engine.channel.contents.get(address)).getLast().encode();
  }

  /** Whom a letter of this kind went to, by the members' numbers, in order. */
  List<Long> sentTo(Progress broadcast) {
    return hub.hub.list(
        """
        SELECT r.target FROM engine.recipient r JOIN engine.outcome o ON o.broadcast = r.broadcast
          AND o.segment = r.segment AND o.ord = r.ord
        WHERE r.broadcast = $1 AND o.result = 'SENT' ORDER BY r.target
        """,
        row -> row.getLong("target"),
        broadcast.id().value());
  }

  @Override
  public void close() {
    engine.close();
  }
}
