package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.APPROVE_NEWSLETTER;
import static org.tocsin.access.Permission.CANCEL_BROADCAST;
import static org.tocsin.access.Permission.CONFIRM_ENDPOINT;
import static org.tocsin.access.Permission.END_HOLD;
import static org.tocsin.access.Permission.HOLD_EVERYTHING;
import static org.tocsin.access.Permission.READ_BROADCASTS;
import static org.tocsin.access.Permission.READ_ENDPOINTS;
import static org.tocsin.access.Permission.READ_NEWSLETTERS;
import static org.tocsin.access.Permission.READ_SUBSCRIBERS;
import static org.tocsin.access.Permission.RELEASE_NEWSLETTER;
import static org.tocsin.access.Permission.RESUME_BROADCAST;
import static org.tocsin.access.Permission.STOP_BROADCAST;
import static org.tocsin.access.Permission.WRITE_ENDPOINTS;
import static org.tocsin.access.Permission.WRITE_NEWSLETTER;
import static org.tocsin.access.Permission.WRITE_SUBSCRIBERS;
import static org.tocsin.web.Route.desk;

import java.util.List;
import org.tocsin.broadcasts.DeliveryExport;
import org.tocsin.publications.Reach;
import org.tocsin.publications.Sketches;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.desk.BroadcastPages;
import org.tocsin.web.desk.EndpointPages;
import org.tocsin.web.desk.HoldVerbs;
import org.tocsin.web.desk.NewsletterEditor;
import org.tocsin.web.desk.NewsletterPages;
import org.tocsin.web.desk.NewsletterVerbs;
import org.tocsin.web.desk.SubscriberPages;
import org.tocsin.web.desk.SubscriberRecordPages;

/** The desk's work, issues, sends, people and endpoints: URL, permission and handler on a line. */
final class WorkRoutes {
  private final SubscriberPages subscribers;
  private final SubscriberRecordPages subscriber;
  private final NewsletterPages newsletters;
  private final NewsletterEditor editor;
  private final NewsletterVerbs newsletter;
  private final BroadcastPages broadcasts;
  private final HoldVerbs hold;
  private final EndpointPages endpoints;

  WorkRoutes(Features hub, Pages pages) {
    Reach reach = new Reach(hub.hub, hub.subscriberAudience, hub.endpointAudience);
    this.subscribers =
        new SubscriberPages(
            pages, hub.subscribers, hub.subscriberExport, hub.signUpTally, hub.topics);
    this.subscriber = new SubscriberRecordPages(pages, hub.subscribers, hub.staff);
    this.newsletters =
        new NewsletterPages(
            hub.newsletters,
            reach,
            hub.broadcasts,
            hub.staff,
            hub.audit,
            hub.cases,
            hub.leakLint,
            hub.keyring.ids(),
            pages);
    this.editor =
        new NewsletterEditor(
            hub.newsletters,
            new Sketches(hub.hub, hub.keyring.sealer(), hub.clock),
            hub.keyring.ids(),
            pages,
            hub.clock,
            hub.settings.topics());
    this.newsletter = new NewsletterVerbs(hub.newsletters, newsletters, hub.keyring.ids(), pages);
    this.broadcasts =
        new BroadcastPages(
            hub.broadcasts,
            hub.controls,
            new DeliveryExport(hub.hub, hub.broadcasts, hub.keyring.ids(), hub.audit),
            hub.alerts,
            hub.keyring.ids(),
            pages,
            hub.clock);
    this.hold = new HoldVerbs(hub.standstill);
    this.endpoints = new EndpointPages(pages, hub.endpoints, hub.keyring.ids());
  }

  List<Route> all() {
    return List.of(
        desk(GET, "/desk/subscribers", READ_SUBSCRIBERS, subscribers::list),
        desk(POST, "/desk/subscribers/find", WRITE_SUBSCRIBERS, subscribers::find),
        desk(POST, "/desk/subscribers/export", WRITE_SUBSCRIBERS, subscribers::export),
        desk(GET, "/desk/subscribers/:id", READ_SUBSCRIBERS, subscriber::show),
        desk(POST, "/desk/subscribers/:id/open", WRITE_SUBSCRIBERS, subscriber::open),
        desk(POST, "/desk/subscribers/:id/leave", WRITE_SUBSCRIBERS, subscriber::leave),
        desk(GET, "/desk/subscribers/:id/erase", WRITE_SUBSCRIBERS, subscriber::showErase),
        desk(POST, "/desk/subscribers/:id/erase", WRITE_SUBSCRIBERS, subscriber::erase),
        desk(GET, "/desk/newsletters", READ_NEWSLETTERS, newsletters::list),
        desk(GET, "/desk/newsletters/new", WRITE_NEWSLETTER, editor::showNew),
        desk(POST, "/desk/newsletters", WRITE_NEWSLETTER, editor::create),
        desk(POST, "/desk/newsletters/preview", WRITE_NEWSLETTER, editor::preview),
        desk(GET, "/desk/newsletters/preview/letter", WRITE_NEWSLETTER, editor::previewLetter),
        desk(GET, "/desk/newsletters/:id", READ_NEWSLETTERS, newsletters::show),
        desk(GET, "/desk/newsletters/:id/letter", READ_NEWSLETTERS, newsletters::letter),
        desk(GET, "/desk/newsletters/:id/page", READ_NEWSLETTERS, newsletters::page),
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
        desk(POST, "/desk/broadcasts/:id/report", READ_BROADCASTS, broadcasts::report),
        desk(POST, "/desk/broadcasts/:id/pause", STOP_BROADCAST, broadcasts::pause),
        desk(POST, "/desk/broadcasts/:id/cancel", CANCEL_BROADCAST, broadcasts::cancel),
        desk(POST, "/desk/broadcasts/:id/resume", RESUME_BROADCAST, broadcasts::resume),
        desk(POST, "/desk/broadcasts/:id/retry-failed", RESUME_BROADCAST, broadcasts::retryFailed),
        desk(
            POST,
            "/desk/broadcasts/:id/resend-in-doubt",
            RESUME_BROADCAST,
            broadcasts::resendInDoubt),
        desk(POST, "/desk/hold", HOLD_EVERYTHING, hold::begin),
        desk(POST, "/desk/hold/resume", END_HOLD, hold::end),
        desk(GET, "/desk/endpoints", READ_ENDPOINTS, endpoints::list),
        desk(GET, "/desk/endpoints/new", WRITE_ENDPOINTS, endpoints::showNew),
        desk(POST, "/desk/endpoints", WRITE_ENDPOINTS, endpoints::register),
        desk(GET, "/desk/endpoints/:id", READ_ENDPOINTS, endpoints::show),
        desk(GET, "/desk/endpoints/:id/confirm", CONFIRM_ENDPOINT, endpoints::askConfirm),
        desk(POST, "/desk/endpoints/:id/confirm", CONFIRM_ENDPOINT, endpoints::confirm),
        desk(POST, "/desk/endpoints/:id/verify", WRITE_ENDPOINTS, endpoints::verify),
        desk(POST, "/desk/endpoints/:id/test", WRITE_ENDPOINTS, endpoints::test),
        desk(POST, "/desk/endpoints/:id/rotate", WRITE_ENDPOINTS, endpoints::rotate),
        desk(POST, "/desk/endpoints/:id/disable", WRITE_ENDPOINTS, endpoints::disable));
  }
}
