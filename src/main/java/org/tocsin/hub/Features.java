package org.tocsin.hub;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Attempts;
import org.tocsin.access.Idempotency;
import org.tocsin.access.LetterBudget;
import org.tocsin.access.LetterPace;
import org.tocsin.access.Marks;
import org.tocsin.access.OwnPassword;
import org.tocsin.access.Permission;
import org.tocsin.access.RequestGate;
import org.tocsin.access.SignIn;
import org.tocsin.access.SignInLinks;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.TokenNotices;
import org.tocsin.access.TokenPost;
import org.tocsin.access.WishTally;
import org.tocsin.alerts.AlertBook;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Readings;
import org.tocsin.alerts.ThinPress;
import org.tocsin.alerts.Ways;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Audience;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.Forgetting;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Retention;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.calls.CallBook;
import org.tocsin.calls.CallReadings;
import org.tocsin.calls.Calls;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.CaseSearch;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Casebook;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Consents;
import org.tocsin.cases.LeakLint;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.channels.webhook.AddressGuard;
import org.tocsin.channels.webhook.WebhookChannel;
import org.tocsin.channels.webhook.WebhookTransport;
import org.tocsin.correspondents.ApplicationClerk;
import org.tocsin.correspondents.ApplicationDecisions;
import org.tocsin.correspondents.ApplicationLinks;
import org.tocsin.correspondents.Applications;
import org.tocsin.correspondents.Areas;
import org.tocsin.correspondents.CorrespondentAudience;
import org.tocsin.correspondents.DailyHour;
import org.tocsin.correspondents.MailCodes;
import org.tocsin.correspondents.MemberAddressChanges;
import org.tocsin.correspondents.MemberChoices;
import org.tocsin.correspondents.MemberErasure;
import org.tocsin.correspondents.MemberHousekeeping;
import org.tocsin.correspondents.MemberMail;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.correspondents.Members;
import org.tocsin.correspondents.PortalDoor;
import org.tocsin.correspondents.PortalLinks;
import org.tocsin.correspondents.RosterImport;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.developments.Developments;
import org.tocsin.filings.FilingBook;
import org.tocsin.filings.FilingRecords;
import org.tocsin.filings.FilingSteps;
import org.tocsin.filings.Filings;
import org.tocsin.network.EndpointAudience;
import org.tocsin.network.EndpointHealth;
import org.tocsin.network.Endpoints;
import org.tocsin.network.Events;
import org.tocsin.officials.OfficialSearch;
import org.tocsin.officials.Officials;
import org.tocsin.outreach.Outreach;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Languages;
import org.tocsin.publications.Archive;
import org.tocsin.publications.Feeds;
import org.tocsin.publications.LeakAlarms;
import org.tocsin.publications.Newsletters;
import org.tocsin.reminders.ReminderMail;
import org.tocsin.reminders.StaffReminders;
import org.tocsin.subscribers.AddressChanges;
import org.tocsin.subscribers.Confirmations;
import org.tocsin.subscribers.PeopleHousekeeping;
import org.tocsin.subscribers.PeopleVault;
import org.tocsin.subscribers.PersonLinks;
import org.tocsin.subscribers.PersonMail;
import org.tocsin.subscribers.Preferences;
import org.tocsin.subscribers.SignUpClerk;
import org.tocsin.subscribers.SignUps;
import org.tocsin.subscribers.SubscriberAudience;
import org.tocsin.subscribers.SubscriberExport;
import org.tocsin.subscribers.SubscriberImport;
import org.tocsin.subscribers.Subscribers;
import org.tocsin.subscribers.Topics;
import org.tocsin.subscribers.Unsubscribes;
import org.tocsin.web.HoldNotice;
import org.tocsin.web.desk.SignInLetter;
import org.tocsin.web.desk.TokenLetter;

/**
 * Every feature, constructed once by plain constructors; reads from the bottom layer to the top.
 */
final class Features {
  final Settings settings;
  final Database hub;
  final InstantSource clock;
  final Keyring keyring;
  final Languages languages = Languages.load();
  final Bus bus;
  final Audit audit;
  final Staff staff;
  final SignIn signIn;
  final OwnPassword ownPassword;
  final ApiTokens apiTokens;
  final TokenNotices tokenNotices;
  final Idempotency idempotency;
  final Broadcasts broadcasts;
  final Standstill standstill;
  final Controls controls;
  final DirectMail directMail;
  final OwnedBroadcasts alertBroadcasts;
  private final OwnedBroadcasts callBroadcasts;
  final SignInLinks signInLinks;

  /** By which a browser is known again. */
  final Marks marks;

  final WebhookChannel webhookChannel;
  final EndpointHealth endpointHealth;
  final EndpointAudience endpointAudience;
  final Endpoints endpoints;
  final Events events;
  final Topics topics;
  final Areas areas;
  private final PeopleVault vault;
  final SignUps signUps;

  /** On the hub's role: a request and the answer to its Idempotency-Key commit together. */
  final SignUps signUpsByApi;

  final SignUpClerk signUpClerk;
  final WishTally signUpTally;
  final WishTally applicationTally;
  final LetterPace letterPace;
  final Confirmations confirmations;
  final Preferences preferences;
  final Unsubscribes unsubscribes;
  final AddressChanges addressChanges;
  final PeopleHousekeeping peopleHousekeeping;
  final SubscriberAudience subscriberAudience;
  final Subscribers subscribers;
  final SubscriberExport subscriberExport;
  final Cases cases;
  final CaseRecords caseRecords;
  final CaseTeam caseTeams;
  final CaseSearch caseSearch;
  final Consents consents;
  final Officials officials;
  final OfficialSearch officialSearch;
  final Outreach outreach;
  final LeakLint leakLint;
  final Filings filings;
  final FilingSteps filingSteps;
  final FilingRecords filingRecords;
  final Applications applications;
  final ApplicationClerk applicationClerk;
  final ApplicationLinks applicationLinks;
  final ApplicationDecisions applicationDecisions;
  final RosterImport rosterImport;
  final Members members;
  final MemberAddressChanges memberAddressChanges;
  final MemberErasure memberErasure;
  final MemberChoices memberChoices;
  final PortalDoor portalDoor;
  final PortalLinks portalLinks;
  final MemberHousekeeping memberHousekeeping;
  final MemberSelection memberSelection;
  private final ThinLetters thinLetters;
  final MailCodes mailCodes;
  final CorrespondentAudience correspondentAudience;
  final Developments developments;
  final Alerts alerts;
  final Readings readings;
  final Calls calls;
  final CallReadings callReadings;
  final Forgetting forgetting;
  final Retention retention;
  final StaffReminders reminders;
  final LeakAlarms leakAlarms;
  final Newsletters newsletters;
  final Archive archive;
  final Feeds feeds;

  Features(
      Settings settings,
      Vertx vertx,
      Keyring keyring,
      Database hub,
      Database site,
      InstantSource clock) {
    this.settings = settings;
    this.hub = hub;
    this.clock = clock;
    this.keyring = keyring;
    Sealer sealer = keyring.sealer();
    LookupHash lookup = keyring.lookup();
    this.bus = new Bus(vertx);
    this.audit = new Audit(hub, clock);
    this.staff = new Staff(hub, sealer, lookup, audit, clock);
    this.signIn = new SignIn(hub, staff, lookup, audit, clock);
    this.ownPassword = new OwnPassword(hub, staff, lookup, audit, clock);
    this.idempotency = new Idempotency(hub, sealer, keyring.ids(), clock);
    this.broadcasts = new Broadcasts(hub, sealer, keyring.ids(), bus);
    this.standstill =
        new Standstill(
            hub,
            bus,
            audit,
            clock,
            who -> staff.find(who).filter(one -> one.may(Permission.END_HOLD)).isPresent());
    this.alertBroadcasts = broadcasts.ownedBy(Ways.OWNER);
    this.callBroadcasts = broadcasts.ownedBy(Calls.OWNER);
    this.directMail = new DirectMail(broadcasts, lookup, clock);
    LetterPress press = new LetterPress(settings);
    this.marks = new Marks(keyring.tokens(), clock);
    Attempts attempts = new Attempts(lookup, clock);
    LetterBudget budget =
        new LetterBudget(lookup, attempts, settings.mail().confirmationsPerAddress());
    this.signInLinks =
        new SignInLinks(
            hub,
            staff,
            sealer,
            lookup,
            marks,
            budget,
            audit,
            bus,
            clock,
            new SignInLetter(directMail, press::press, languages, settings));
    TokenPost tokenPost = new TokenLetter(directMail, press::press, languages, settings, clock);
    this.apiTokens = new ApiTokens(hub, staff, tokenPost, audit, clock);
    this.tokenNotices = new TokenNotices(hub, staff, tokenPost, clock);
    AddressGuard guard = new AddressGuard(vertx, settings.webhooks());
    WebhookTransport transport = new WebhookTransport(vertx, guard);
    this.webhookChannel = new WebhookChannel(transport, clock);
    this.endpointHealth = new EndpointHealth(hub, sealer, audit, clock);
    this.endpointAudience = new EndpointAudience(sealer, endpointHealth, clock);
    this.endpoints =
        new Endpoints(
            hub,
            sealer,
            audit,
            clock,
            guard,
            transport,
            webhookChannel,
            endpointAudience,
            settings.http().publicUrl());
    this.events = new Events(hub, keyring.ids(), clock);
    this.topics = new Topics(settings.topics());
    this.areas = new Areas(settings.areas());
    this.vault = new PeopleVault(sealer, lookup);
    PersonLinks links = new PersonLinks(keyring.tokens(), settings.http());
    PersonMail personMail =
        new PersonMail(directMail, press::press, languages, settings.organisation(), links, clock);
    this.signUpTally =
        new WishTally(WishTally.Wish.SIGN_UP, hub, () -> SignUpClerk.waiting(hub), clock);
    this.applicationTally =
        new WishTally(WishTally.Wish.APPLICATION, hub, () -> ApplicationClerk.waiting(hub), clock);
    LetterPace pace = new LetterPace(clock, settings.mail().confirmationsPerSource());
    this.letterPace = pace;
    RequestGate gate = new RequestGate(clock);
    this.signUps = new SignUps(site, vault, gate, marks, signUpTally, bus, clock);
    this.signUpsByApi = new SignUps(hub, vault, gate, marks, signUpTally, bus, clock);
    this.signUpClerk =
        new SignUpClerk(hub, vault, personMail, budget, pace, marks, signUpTally, audit, clock);
    this.confirmations = new Confirmations(hub, vault, links, topics, audit, clock);
    this.preferences = new Preferences(hub, vault, links, topics, languages, budget, audit, clock);
    this.unsubscribes = new Unsubscribes(hub, vault, links, topics, audit, clock);
    this.addressChanges = new AddressChanges(hub, vault, links, personMail, budget, audit, clock);
    this.peopleHousekeeping = new PeopleHousekeeping(hub, vault, audit, clock);
    this.subscriberAudience = new SubscriberAudience(vault, links, languages, topics, clock);
    this.subscribers = new Subscribers(hub, vault, budget, audit, clock);
    this.subscriberExport = new SubscriberExport(hub, vault, audit);
    Casebook casebook = new Casebook(hub, sealer, audit, clock);
    this.cases = new Cases(casebook);
    this.caseRecords = new CaseRecords(casebook);
    this.caseTeams = new CaseTeam(casebook);
    this.caseSearch = new CaseSearch(casebook);
    this.officials = new Officials(hub, sealer, audit, clock);
    this.officialSearch = new OfficialSearch(officials);
    this.outreach = new Outreach(hub, sealer, casebook, caseTeams, officials, clock);
    this.leakLint = new LeakLint(casebook, languages);
    FilingBook filingBook = new FilingBook(hub, sealer, audit, clock, cases, caseTeams);
    this.filings = new Filings(filingBook, languages);
    this.filingSteps = new FilingSteps(filingBook);
    this.filingRecords = new FilingRecords(filingBook);
    MemberVault memberVault = new MemberVault(sealer, lookup);
    MemberMail memberMail = new MemberMail(directMail, press::press, languages, settings, clock);
    this.applications = new Applications(site, memberVault, gate, applicationTally, bus, clock);
    this.applicationClerk =
        new ApplicationClerk(
            hub, memberVault, memberMail, budget, pace, applicationTally, audit, clock);
    this.applicationLinks = new ApplicationLinks(hub, memberVault, audit, bus, clock);
    this.rosterImport = new RosterImport(hub, memberVault, audit, clock);
    this.members = new Members(hub, memberVault, memberMail, audit, clock);
    this.applicationDecisions =
        new ApplicationDecisions(hub, memberVault, members, applicationClerk, audit, clock);
    this.memberChoices = new MemberChoices(hub, memberVault, audit);
    this.portalDoor = new PortalDoor(hub, memberVault, audit, clock);
    this.portalLinks =
        new PortalLinks(hub, memberVault, memberMail, attempts, budget, marks, audit, bus, clock);
    this.memberHousekeeping = new MemberHousekeeping(hub, memberVault, clock);
    this.memberSelection = new MemberSelection(sealer);
    this.thinLetters = new ThinLetters(press::press, languages, settings);
    this.mailCodes = new MailCodes(lookup);
    this.correspondentAudience =
        new CorrespondentAudience(
            memberVault,
            memberSelection,
            mailCodes,
            settings.http().link("/portal"),
            new DailyHour(settings.alerts().dailyHour()),
            clock);
    this.alerts = alerts(clock, events, new SecureRandom());
    this.readings = new Readings(hub, sealer, clock, audit);
    this.developments =
        new Developments(hub, sealer, clock, audit, cases, leakLint, filings::confidentialTexts);
    this.forgetting = new Forgetting(sealer);
    this.retention = new Retention(hub, settings.engine().keepMonths());
    this.memberAddressChanges =
        new MemberAddressChanges(
            hub, memberVault, keyring.tokens(), memberMail, budget, forgetting, audit, clock);
    this.calls = calls(clock, new SecureRandom());
    this.callReadings = callReadings(clock);
    this.memberErasure =
        new MemberErasure(
            hub,
            memberVault,
            forgetting,
            List.of(readings::forget, callReadings::forget),
            audit,
            clock);
    this.consents = new Consents(casebook, List.of(alerts.consentWatch(), developments));
    this.reminders =
        new StaffReminders(
            hub,
            staff,
            filings,
            members,
            new ReminderMail(directMail, press::press, languages, settings),
            audit,
            clock);
    this.leakAlarms =
        new LeakAlarms(hub, sealer, staff, directMail, press::press, languages, settings, clock);
    this.newsletters =
        new Newsletters(
            hub,
            sealer,
            clock,
            audit,
            settings,
            languages,
            broadcasts.ownedBy(Newsletters.OWNER),
            standstill,
            events,
            topics::has,
            leakLint::places,
            leakAlarms);
    this.controls =
        new Controls(
            hub,
            broadcasts,
            standstill,
            List.of(
                alerts.broadcastOwner(),
                calls.broadcastOwner(),
                newsletters.broadcastOwner(),
                directMail));
    this.archive = new Archive(site, clock);
    this.feeds = new Feeds(archive, settings, languages);
  }

  /** Over a clock of its own where a demonstration needs a past. */
  Alerts alerts(InstantSource time, Events told, RandomGenerator references) {
    ThinPress thin = new ThinPress(thinLetters, settings);
    return new Alerts(
        new AlertBook(
            hub,
            keyring.sealer(),
            time,
            audit,
            standstill,
            cases,
            caseTeams,
            filings::confidentialTexts),
        new Ways(alertBroadcasts, told, memberSelection, thin),
        broadcasts,
        thin,
        settings.alerts().lastLook(),
        references);
  }

  /** Over a clock of its own where a demonstration needs a past. */
  Calls calls(InstantSource time, RandomGenerator references) {
    return new Calls(
        callBook(time),
        callBroadcasts,
        correspondentAudience,
        memberSelection,
        thinLetters,
        references);
  }

  CallReadings callReadings(InstantSource time) {
    return new CallReadings(callBook(time));
  }

  private CallBook callBook(InstantSource time) {
    return new CallBook(hub, keyring.sealer(), time, audit, standstill, areas);
  }

  /** Imports write the rows they refuse to a folder of the caller's. */
  SubscriberImport subscriberImport(Path errorFolder) {
    return new SubscriberImport(hub, vault, topics, languages, audit, clock, errorFolder);
  }

  /** What every page of the desk says while everything is on hold. */
  Optional<HoldNotice> holdNotice() {
    return standstill
        .current()
        .map(
            now -> {
              Map<StaffId, String> names = staff.names();
              Function<StaffId, String> name = who -> names.getOrDefault(who, who.actor());
              return new HoldNotice(
                  name.apply(now.by()), now.since(), now.askedBy(), now.askedBy().map(name));
            });
  }

  List<Audience> audiences() {
    return List.of(subscriberAudience, correspondentAudience, endpointAudience, directMail);
  }
}
