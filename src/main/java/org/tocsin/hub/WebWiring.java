package org.tocsin.hub;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.Optional;
import org.tocsin.access.Session;
import org.tocsin.access.StaffMember;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.web.Cookies;
import org.tocsin.web.Failures;
import org.tocsin.web.Identity;
import org.tocsin.web.Pages;
import org.tocsin.web.SiteRouter;
import org.tocsin.web.UnnamedProxies;
import org.tocsin.web.api.ApiIdempotency;
import org.tocsin.web.api.ApiRouter;
import org.tocsin.web.api.Contract;

/** Puts the features behind the public port. */
final class WebWiring implements Identity {
  private final Features hub;
  private final Optional<CapturedMailbox> mailbox;
  private final Pages pages;
  private final Failures failures;
  private final Cookies cookies;
  private final Contract contract;
  private final UnnamedProxies unnamedProxies;

  WebWiring(Features hub, Vertx vertx, Optional<CapturedMailbox> mailbox) {
    this.mailbox = mailbox;
    this.hub = hub;
    this.pages = new Pages(hub.settings, hub.languages, hub.clock, hub::holdNotice);
    this.failures = new Failures(pages);
    this.cookies = new Cookies(hub.settings.http().secure());
    this.unnamedProxies = new UnnamedProxies(hub.settings.dataDir(), hub.clock);
    this.contract = Contract.load(vertx, hub.settings.http().link("/api/v1"));
  }

  /** A router of its own for each instance of the web's verticle. */
  Router router(Vertx vertx) {
    Router api =
        new ApiRouter(contract, this, failures, new ApiIdempotency(hub.idempotency))
            .build(vertx, new Operations(hub).all());
    return new SiteRouter(hub.settings, this, cookies, pages, failures, unnamedProxies)
        .build(vertx, new Routes(hub, pages, cookies, mailbox).all(), Optional.of(api));
  }

  /** Requests that were forwarded by a proxy which nobody named. */
  long forwardedByUnnamed() {
    return unnamedProxies.heard();
  }

  @Override
  public Optional<Session> session(String secret) {
    return hub.signIn.resume(secret);
  }

  @Override
  public Optional<StaffMember> bearer(String token) {
    return hub.apiTokens.who(token);
  }

  @Override
  public boolean expired(String token) {
    return hub.apiTokens.expired(token);
  }
}
