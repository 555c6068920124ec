package org.tocsin.hub;

import static org.tocsin.access.Permission.ANYONE;
import static org.tocsin.access.Permission.APPROVE_ALERT;
import static org.tocsin.access.Permission.APPROVE_NEWSLETTER;
import static org.tocsin.access.Permission.CANCEL_BROADCAST;
import static org.tocsin.access.Permission.CONFIRM_ENDPOINT;
import static org.tocsin.access.Permission.END_HOLD;
import static org.tocsin.access.Permission.HOLD_EVERYTHING;
import static org.tocsin.access.Permission.READ_ALERTS;
import static org.tocsin.access.Permission.READ_BROADCASTS;
import static org.tocsin.access.Permission.READ_CASES;
import static org.tocsin.access.Permission.READ_DESK;
import static org.tocsin.access.Permission.READ_ENDPOINTS;
import static org.tocsin.access.Permission.READ_EVENTS;
import static org.tocsin.access.Permission.READ_NEWSLETTERS;
import static org.tocsin.access.Permission.READ_SUBSCRIBERS;
import static org.tocsin.access.Permission.RELEASE_ALERT;
import static org.tocsin.access.Permission.RELEASE_NEWSLETTER;
import static org.tocsin.access.Permission.RESUME_ALERT;
import static org.tocsin.access.Permission.RESUME_BROADCAST;
import static org.tocsin.access.Permission.STOP_ALERT;
import static org.tocsin.access.Permission.STOP_BROADCAST;
import static org.tocsin.access.Permission.WRITE_ALERT;
import static org.tocsin.access.Permission.WRITE_CASES;
import static org.tocsin.access.Permission.WRITE_ENDPOINTS;
import static org.tocsin.access.Permission.WRITE_NEWSLETTER;

import java.util.List;
import org.tocsin.web.api.AlertApi;
import org.tocsin.web.api.ApiOperation;
import org.tocsin.web.api.BroadcastApi;
import org.tocsin.web.api.CaseApi;
import org.tocsin.web.api.EndpointApi;
import org.tocsin.web.api.EventApi;
import org.tocsin.web.api.HoldApi;
import org.tocsin.web.api.Ids;
import org.tocsin.web.api.NewsletterApi;
import org.tocsin.web.api.SubscriptionApi;

/** The API's table: operationId of openapi.yaml, permission and handler on a line. */
final class Operations {
  private final SubscriptionApi subscriptions;
  private final CaseApi cases;
  private final AlertApi alerts;
  private final NewsletterApi newsletters;
  private final BroadcastApi broadcasts;
  private final HoldApi hold;
  private final EndpointApi endpoints;
  private final EventApi events;

  Operations(Features hub) {
    Ids ids = new Ids(hub.keyring.ids());
    this.subscriptions =
        new SubscriptionApi(hub.signUpsByApi, hub.subscribers, hub.topics, hub.languages, ids);
    this.cases = new CaseApi(hub.cases, hub.caseRecords, hub.languages, ids);
    this.alerts = new AlertApi(hub.alerts, hub.cases, hub.languages, ids);
    this.newsletters = new NewsletterApi(hub.newsletters, hub.languages, ids);
    this.broadcasts = new BroadcastApi(hub.broadcasts, hub.controls, hub.languages, ids);
    this.hold = new HoldApi(hub.standstill);
    this.endpoints = new EndpointApi(hub.endpoints, ids);
    this.events = new EventApi(hub.events);
  }

  List<ApiOperation> all() {
    return List.of(
        ApiOperation.creating("createSubscription", ANYONE, subscriptions::create),
        ApiOperation.of("listSubscriptions", READ_SUBSCRIBERS, subscriptions::list),
        ApiOperation.of("listCases", READ_CASES, cases::list),
        ApiOperation.creating("createCase", WRITE_CASES, cases::create),
        ApiOperation.of("getCase", READ_CASES, cases::get),
        ApiOperation.of("listAlertsOfCase", READ_ALERTS, alerts::ofCase),
        ApiOperation.creating("createAlert", WRITE_ALERT, alerts::create),
        ApiOperation.of("listAlerts", READ_ALERTS, alerts::list),
        ApiOperation.of("getAlert", READ_ALERTS, alerts::get),
        ApiOperation.of("updateAlert", WRITE_ALERT, alerts::update),
        ApiOperation.of("listUpdates", READ_ALERTS, alerts::updates),
        ApiOperation.creating("createUpdate", WRITE_ALERT, alerts::createUpdate),
        ApiOperation.of("submitAlert", WRITE_ALERT, alerts::submit),
        ApiOperation.of("approveAlert", APPROVE_ALERT, alerts::approve),
        ApiOperation.of("rejectAlert", APPROVE_ALERT, alerts::reject),
        ApiOperation.of("releaseAlert", RELEASE_ALERT, alerts::release),
        ApiOperation.of("holdAlert", STOP_ALERT, alerts::hold),
        ApiOperation.of("resumeAlert", RESUME_ALERT, alerts::resume),
        ApiOperation.of("stopAlert", STOP_ALERT, alerts::stop),
        ApiOperation.of("confirmStop", STOP_ALERT, alerts::confirmStop),
        ApiOperation.of("closeAlert", WRITE_ALERT, alerts::close),
        ApiOperation.of("listNewsletters", READ_NEWSLETTERS, newsletters::list),
        ApiOperation.creating("createNewsletter", WRITE_NEWSLETTER, newsletters::create),
        ApiOperation.of("getNewsletter", READ_NEWSLETTERS, newsletters::get),
        ApiOperation.of("updateNewsletter", WRITE_NEWSLETTER, newsletters::update),
        ApiOperation.of("submitNewsletter", WRITE_NEWSLETTER, newsletters::submit),
        ApiOperation.of("approveNewsletter", APPROVE_NEWSLETTER, newsletters::approve),
        ApiOperation.of("rejectNewsletter", APPROVE_NEWSLETTER, newsletters::reject),
        ApiOperation.of("releaseNewsletter", RELEASE_NEWSLETTER, newsletters::release),
        ApiOperation.of("listBroadcasts", READ_BROADCASTS, broadcasts::list),
        ApiOperation.of("getBroadcast", READ_BROADCASTS, broadcasts::get),
        ApiOperation.of("listDeliveries", READ_BROADCASTS, broadcasts::deliveries),
        ApiOperation.of("pauseBroadcast", STOP_BROADCAST, broadcasts::pause),
        ApiOperation.of("cancelBroadcast", CANCEL_BROADCAST, broadcasts::cancel),
        ApiOperation.of("resumeBroadcast", RESUME_BROADCAST, broadcasts::resume),
        ApiOperation.of("retryFailed", RESUME_BROADCAST, broadcasts::retryFailed),
        ApiOperation.of("resendInDoubt", RESUME_BROADCAST, broadcasts::resendInDoubt),
        ApiOperation.of("getHold", READ_DESK, hold::get),
        ApiOperation.of("holdEverything", HOLD_EVERYTHING, hold::begin),
        ApiOperation.of("endHold", END_HOLD, hold::end),
        ApiOperation.of("listEndpoints", READ_ENDPOINTS, endpoints::list),
        ApiOperation.creatingOverTheNetwork("createEndpoint", WRITE_ENDPOINTS, endpoints::create),
        ApiOperation.of("getEndpoint", READ_ENDPOINTS, endpoints::get),
        ApiOperation.of("confirmEndpoint", CONFIRM_ENDPOINT, endpoints::confirm),
        ApiOperation.of("listEvents", READ_EVENTS, events::list));
  }
}
