package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.access.Permission.READ_BROADCASTS;
import static org.tocsin.access.Permission.RESUME_BROADCAST;
import static org.tocsin.access.Permission.STOP_BROADCAST;
import static org.tocsin.web.Route.desk;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Idempotency;
import org.tocsin.access.Session;
import org.tocsin.access.SignIn;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Languages;
import org.tocsin.web.Cookies;
import org.tocsin.web.Failures;
import org.tocsin.web.Identity;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.SiteRouter;
import org.tocsin.web.api.ApiIdempotency;
import org.tocsin.web.api.ApiOperation;
import org.tocsin.web.api.ApiRouter;
import org.tocsin.web.api.BroadcastApi;
import org.tocsin.web.api.Ids;
import org.tocsin.web.desk.BroadcastPages;

/** Constructs everything, once, by plain constructors; reads from the bottom layer to the top. */
final class Wiring {
  final Bus bus;
  final Audit audit;
  final Staff staff;
  final SignIn signIn;
  final ApiTokens apiTokens;
  final Broadcasts broadcasts;
  final DirectMail directMail;
  final Languages languages = Languages.load();
  private final Settings settings;
  private final Pages pages;
  private final Failures failures;
  private final Identity identity;
  private final Cookies cookies;
  private final BroadcastPages broadcastPages;
  private final BroadcastApi broadcastApi;
  private final ApiIdempotency apiIdempotency;

  Wiring(Settings settings, Vertx vertx, Keyring keyring, Database hub, Database site, Database courier, InstantSource clock) {
    this.settings = settings;
    this.bus = new Bus(vertx);
    this.audit = new Audit(hub, clock);
    this.staff = new Staff(hub, keyring.sealer(), keyring.lookup(), audit, clock);
    this.signIn = new SignIn(hub, staff, keyring.lookup(), audit, clock);
    this.apiTokens = new ApiTokens(hub, staff, audit, clock);
    this.broadcasts = new Broadcasts(hub, keyring.sealer(), keyring.ids(), bus);
    this.directMail = new DirectMail(broadcasts, keyring.lookup(), clock);
    this.pages = new Pages(settings, languages, clock);
    this.failures = new Failures(pages);
    this.cookies = new Cookies(settings.http().secure());
    this.identity = identity(signIn, apiTokens);
    this.broadcastPages = new BroadcastPages(hub, broadcasts, audit, keyring.ids(), pages, clock);
    this.broadcastApi = new BroadcastApi(hub, broadcasts, audit, new Ids(keyring.ids()));
    this.apiIdempotency = new ApiIdempotency(hub, new Idempotency(hub, keyring.sealer(), clock));
  }

  private static Identity identity(SignIn signIn, ApiTokens apiTokens) {
    return new Identity() {
      @Override
      public Optional<Session> session(String secret) {
        return signIn.resume(secret);
      }

      @Override
      public Optional<StaffMember> bearer(String token) {
        return apiTokens.who(token);
      }
    };
  }

  /** A router of its own for each instance of the web's verticle. */
  Router router(Vertx vertx, OpenAPIContract contract, String contractText) {
    Router api = new ApiRouter(contract, identity, failures, apiIdempotency).build(vertx, operations(), contractText);
    return new SiteRouter(settings, identity, cookies, pages, failures).build(vertx, routes(), Optional.of(api));
  }

  /** The route table: URL, handler and permission on a line. */
  private List<Route> routes() {
    return List.of(
        desk(GET, "/desk/broadcasts", READ_BROADCASTS, broadcastPages::list),
        desk(GET, "/desk/broadcasts/:id", READ_BROADCASTS, broadcastPages::show),
        desk(GET, "/desk/broadcasts/:id/board", READ_BROADCASTS, broadcastPages::boardPart),
        desk(GET, "/desk/broadcasts/:id/deliveries", READ_BROADCASTS, broadcastPages::deliveries),
        desk(POST, "/desk/broadcasts/:id/pause", STOP_BROADCAST, broadcastPages::pause),
        desk(POST, "/desk/broadcasts/:id/cancel", STOP_BROADCAST, broadcastPages::cancel),
        desk(POST, "/desk/broadcasts/:id/resume", RESUME_BROADCAST, broadcastPages::resume),
        desk(POST, "/desk/broadcasts/:id/retry-failed", RESUME_BROADCAST, broadcastPages::retryFailed),
        desk(POST, "/desk/broadcasts/:id/resend-in-doubt", RESUME_BROADCAST, broadcastPages::resendInDoubt));
  }

  /** The API's half of the table: operationId of openapi.yaml, permission, handler. */
  private List<ApiOperation> operations() {
    return List.of(
        ApiOperation.of("listBroadcasts", READ_BROADCASTS, broadcastApi::list),
        ApiOperation.of("getBroadcast", READ_BROADCASTS, broadcastApi::get),
        ApiOperation.of("listDeliveries", READ_BROADCASTS, broadcastApi::deliveries),
        ApiOperation.of("pauseBroadcast", STOP_BROADCAST, broadcastApi::pause),
        ApiOperation.of("cancelBroadcast", STOP_BROADCAST, broadcastApi::cancel),
        ApiOperation.of("resumeBroadcast", RESUME_BROADCAST, broadcastApi::resume),
        ApiOperation.of("retryFailed", RESUME_BROADCAST, broadcastApi::retryFailed),
        ApiOperation.of("resendInDoubt", RESUME_BROADCAST, broadcastApi::resendInDoubt));
  }
}
