package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.ANYONE;
import static org.tocsin.access.Permission.APPROVE_NEWSLETTER;
import static org.tocsin.access.Permission.READ_AUDIT;
import static org.tocsin.access.Permission.READ_BROADCASTS;
import static org.tocsin.access.Permission.READ_DESK;
import static org.tocsin.access.Permission.READ_ENDPOINTS;
import static org.tocsin.access.Permission.READ_NEWSLETTERS;
import static org.tocsin.access.Permission.READ_STAFF;
import static org.tocsin.access.Permission.READ_SUBSCRIBERS;
import static org.tocsin.access.Permission.RELEASE_NEWSLETTER;
import static org.tocsin.access.Permission.RESUME_BROADCAST;
import static org.tocsin.access.Permission.STOP_BROADCAST;
import static org.tocsin.access.Permission.WRITE_ENDPOINTS;
import static org.tocsin.access.Permission.WRITE_NEWSLETTER;
import static org.tocsin.access.Permission.WRITE_STAFF;
import static org.tocsin.access.Permission.WRITE_SUBSCRIBERS;
import static org.tocsin.web.Route.desk;
import static org.tocsin.web.Route.person;
import static org.tocsin.web.Route.site;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.publications.Reach;
import org.tocsin.publications.Sketches;
import org.tocsin.web.Cookies;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.api.ApiOperation;
import org.tocsin.web.desk.AccountPages;
import org.tocsin.web.desk.AuditPages;
import org.tocsin.web.desk.BroadcastPages;
import org.tocsin.web.desk.EndpointPages;
import org.tocsin.web.desk.InboxPage;
import org.tocsin.web.desk.NewsletterEditor;
import org.tocsin.web.desk.NewsletterPages;
import org.tocsin.web.desk.NewsletterVerbs;
import org.tocsin.web.desk.RolesPage;
import org.tocsin.web.desk.SignInPages;
import org.tocsin.web.desk.StaffMemberPages;
import org.tocsin.web.desk.StaffPages;
import org.tocsin.web.desk.SubscriberPages;
import org.tocsin.web.desk.SubscriberRecordPages;
import org.tocsin.web.dev.MailboxPages;
import org.tocsin.web.site.ArchivePages;
import org.tocsin.web.site.ConfirmPages;
import org.tocsin.web.site.FeedPages;
import org.tocsin.web.site.LinkPages;
import org.tocsin.web.site.PreferencePages;
import org.tocsin.web.site.SubscribePages;
import org.tocsin.web.site.UnsubscribePages;

/** The route table of the pages: URL, permission and handler on a line. */
final class Routes {
  private final ArchivePages archive;
  private final FeedPages feeds;
  private final SubscribePages subscribe;
  private final ConfirmPages confirm;
  private final UnsubscribePages unsubscribe;
  private final PreferencePages preferences;
  private final LinkPages links;
  private final InboxPage inbox;
  private final SignInPages signIn;
  private final AccountPages account;
  private final RolesPage roles;
  private final StaffPages staff;
  private final StaffMemberPages member;
  private final AuditPages audit;
  private final NewsletterPages newsletters;
  private final NewsletterEditor editor;
  private final NewsletterVerbs newsletter;
  private final BroadcastPages broadcasts;
  private final SubscriberPages subscribers;
  private final SubscriberRecordPages subscriber;
  private final EndpointPages endpoints;

  private final Optional<MailboxPages> mailbox;

  Routes(Features hub, Pages pages, Cookies cookies, Optional<CapturedMailbox> captured) {
    this.mailbox =
        captured
            .filter(anyhow -> hub.settings.demo())
            .map(mails -> new MailboxPages(mails, hub.settings, pages));
    this.archive = new ArchivePages(hub.archive, pages, hub.settings.topics());
    this.feeds = new FeedPages(hub.feeds);
    this.subscribe = new SubscribePages(hub.signUps, hub.topics, hub.languages, pages);
    this.confirm = new ConfirmPages(hub.confirmations, pages);
    this.unsubscribe = new UnsubscribePages(hub.unsubscribes, pages);
    this.preferences =
        new PreferencePages(hub.preferences, hub.addressChanges, hub.languages, pages);
    this.links = new LinkPages(hub.signUps, hub.addressChanges, pages);
    this.inbox = new InboxPage(hub.newsletters, hub.broadcasts, hub.keyring.ids(), pages);
    this.signIn = new SignInPages(pages, cookies, hub.signIn, hub.signInLinks);
    this.account = new AccountPages(pages, cookies, hub.signIn, hub.ownPassword, hub.apiTokens);
    this.roles = new RolesPage(pages, () -> lines(new Operations(hub).all()));
    this.staff = new StaffPages(pages, hub.staff);
    this.member = new StaffMemberPages(pages, hub.staff, hub.signIn, hub.apiTokens);
    this.audit = new AuditPages(pages, hub.audit, hub.staff);
    Reach reach = new Reach(hub.hub, hub.subscriberAudience, hub.endpointAudience);
    this.newsletters =
        new NewsletterPages(
            hub.newsletters, reach, hub.broadcasts, hub.staff, hub.audit, hub.keyring.ids(), pages);
    this.editor =
        new NewsletterEditor(
            hub.newsletters,
            new Sketches(hub.hub, hub.clock),
            hub.keyring.ids(),
            pages,
            hub.clock,
            hub.settings.topics());
    this.newsletter = new NewsletterVerbs(hub.newsletters, newsletters, hub.keyring.ids(), pages);
    this.subscribers =
        new SubscriberPages(pages, hub.subscribers, hub.subscriberExport, hub.topics);
    this.subscriber = new SubscriberRecordPages(pages, hub.subscribers, hub.staff);
    this.broadcasts =
        new BroadcastPages(hub.broadcasts, hub.controls, hub.keyring.ids(), pages, hub.clock);
    this.endpoints = new EndpointPages(pages, hub.endpoints, hub.keyring.ids());
  }

  List<Route> all() {
    return Stream.concat(everywhere().stream(), mailbox.stream().flatMap(Routes::inDemos)).toList();
  }

  private static Stream<Route> inDemos(MailboxPages mailbox) {
    return Stream.of(
        site(GET, "/dev/mailbox", mailbox::list),
        site(GET, "/dev/mailbox/messages", mailbox::messages),
        site(GET, "/dev/mailbox/:id", mailbox::one),
        site(GET, "/dev/mailbox/:id/html", mailbox::html),
        site(GET, "/dev/mailbox/:id/raw", mailbox::raw));
  }

  private List<Route> everywhere() {
    return List.of(
        site(GET, "/", archive::home),
        site(GET, "/newsletters", archive::list),
        site(GET, "/newsletters/:month", archive::issue),
        site(GET, "/search", archive::search),
        site(GET, "/feeds/newsletters.atom", feeds::atom),
        site(GET, "/feeds/newsletters.json", feeds::json),
        site(GET, "/subscribe", subscribe::show),
        site(POST, "/subscribe", subscribe::subscribe),
        person(GET, "/confirm/:token", confirm::show),
        person(POST, "/confirm/:token", confirm::confirm),
        person(GET, "/u/:token", unsubscribe::show),
        person(POST, "/u/:token", unsubscribe::leave),
        person(GET, "/preferences", links::showRequest),
        person(POST, "/preferences", links::request),
        person(GET, "/preferences/:token", preferences::show),
        person(POST, "/preferences/:token", preferences::choose),
        person(POST, "/preferences/:token/pause", preferences::pause),
        person(POST, "/preferences/:token/resume", preferences::resume),
        person(POST, "/preferences/:token/leave", preferences::leaveAll),
        person(POST, "/preferences/:token/address", preferences::changeAddress),
        person(POST, "/preferences/:token/data", preferences::download),
        person(POST, "/preferences/:token/erase", preferences::erase),
        person(GET, "/address/:token", links::showProof),
        person(POST, "/address/:token", links::prove),
        desk(GET, "/desk", READ_DESK, inbox::show),
        desk(GET, "/desk/sign-in", ANYONE, signIn::show),
        desk(POST, "/desk/sign-in", ANYONE, signIn::signIn),
        desk(POST, "/desk/sign-in/link", ANYONE, signIn::askForLink),
        desk(GET, "/desk/sign-in/sent", ANYONE, signIn::linkSent),
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
        desk(GET, "/desk/subscribers", READ_SUBSCRIBERS, subscribers::list),
        desk(POST, "/desk/subscribers/find", WRITE_SUBSCRIBERS, subscribers::find),
        desk(POST, "/desk/subscribers/export", WRITE_SUBSCRIBERS, subscribers::export),
        desk(GET, "/desk/subscribers/:id", READ_SUBSCRIBERS, subscriber::show),
        desk(POST, "/desk/subscribers/:id/open", WRITE_SUBSCRIBERS, subscriber::open),
        desk(POST, "/desk/subscribers/:id/leave", WRITE_SUBSCRIBERS, subscriber::leave),
        desk(GET, "/desk/subscribers/:id/erase", WRITE_SUBSCRIBERS, subscriber::showErase),
        desk(POST, "/desk/subscribers/:id/erase", WRITE_SUBSCRIBERS, subscriber::erase),
        desk(GET, "/desk/audit", READ_AUDIT, audit::list),
        desk(POST, "/desk/audit/verify", READ_AUDIT, audit::verify),
        desk(GET, "/desk/newsletters", READ_NEWSLETTERS, newsletters::list),
        desk(GET, "/desk/newsletters/new", WRITE_NEWSLETTER, editor::showNew),
        desk(POST, "/desk/newsletters", WRITE_NEWSLETTER, editor::create),
        desk(POST, "/desk/newsletters/preview", WRITE_NEWSLETTER, editor::preview),
        desk(GET, "/desk/newsletters/preview/letter", WRITE_NEWSLETTER, editor::previewLetter),
        desk(GET, "/desk/newsletters/:id", READ_NEWSLETTERS, newsletters::show),
        desk(GET, "/desk/newsletters/:id/letter", READ_NEWSLETTERS, newsletters::letter),
        desk(GET, "/desk/newsletters/:id/edit", WRITE_NEWSLETTER, editor::showEdit),
        desk(POST, "/desk/newsletters/:id", WRITE_NEWSLETTER, editor::save),
        desk(POST, "/desk/newsletters/:id/submit", WRITE_NEWSLETTER, newsletter::submit),
        desk(POST, "/desk/newsletters/:id/approve", APPROVE_NEWSLETTER, newsletter::approve),
        desk(POST, "/desk/newsletters/:id/reject", APPROVE_NEWSLETTER, newsletter::reject),
        desk(GET, "/desk/newsletters/:id/release", RELEASE_NEWSLETTER, newsletters::askRelease),
        desk(POST, "/desk/newsletters/:id/release", RELEASE_NEWSLETTER, newsletter::release),
        desk(GET, "/desk/newsletters/:id/withdraw", RELEASE_NEWSLETTER, newsletters::askWithdraw),
        desk(POST, "/desk/newsletters/:id/withdraw", RELEASE_NEWSLETTER, newsletter::withdraw),
        desk(GET, "/desk/broadcasts", READ_BROADCASTS, broadcasts::list),
        desk(GET, "/desk/broadcasts/:id", READ_BROADCASTS, broadcasts::show),
        desk(GET, "/desk/broadcasts/:id/board", READ_BROADCASTS, broadcasts::boardPart),
        desk(GET, "/desk/broadcasts/:id/deliveries", READ_BROADCASTS, broadcasts::deliveries),
        desk(POST, "/desk/broadcasts/:id/pause", STOP_BROADCAST, broadcasts::pause),
        desk(POST, "/desk/broadcasts/:id/cancel", STOP_BROADCAST, broadcasts::cancel),
        desk(POST, "/desk/broadcasts/:id/resume", RESUME_BROADCAST, broadcasts::resume),
        desk(POST, "/desk/broadcasts/:id/retry-failed", RESUME_BROADCAST, broadcasts::retryFailed),
        desk(
            POST,
            "/desk/broadcasts/:id/resend-in-doubt",
            RESUME_BROADCAST,
            broadcasts::resendInDoubt),
        desk(GET, "/desk/endpoints", READ_ENDPOINTS, endpoints::list),
        desk(GET, "/desk/endpoints/new", WRITE_ENDPOINTS, endpoints::showNew),
        desk(POST, "/desk/endpoints", WRITE_ENDPOINTS, endpoints::register),
        desk(GET, "/desk/endpoints/:id", READ_ENDPOINTS, endpoints::show),
        desk(POST, "/desk/endpoints/:id/verify", WRITE_ENDPOINTS, endpoints::verify),
        desk(POST, "/desk/endpoints/:id/test", WRITE_ENDPOINTS, endpoints::test),
        desk(POST, "/desk/endpoints/:id/rotate", WRITE_ENDPOINTS, endpoints::rotate),
        desk(POST, "/desk/endpoints/:id/disable", WRITE_ENDPOINTS, endpoints::disable));
  }

  private List<RolesPage.Line> lines(List<ApiOperation> operations) {
    return Stream.concat(
            all().stream().map(RolesPage.Line::of),
            operations.stream().map(one -> new RolesPage.Line("API", one.id(), one.permission())))
        .toList();
  }
}
