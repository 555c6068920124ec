package org.tocsin.hub;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tocsin.access.Session;
import org.tocsin.access.StaffMember;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.web.Cookies;
import org.tocsin.web.Failures;
import org.tocsin.web.Identity;
import org.tocsin.web.Pages;
import org.tocsin.web.SiteRouter;
import org.tocsin.web.api.ApiIdempotency;
import org.tocsin.web.api.ApiRouter;

/** Puts the features behind the public port. */
final class WebWiring implements Identity {
  private final Features hub;
  private final Optional<CapturedMailbox> mailbox;
  private final Pages pages;
  private final Failures failures;
  private final Cookies cookies;
  private final OpenAPIContract contract;
  private final String contractText = contractText();

  WebWiring(Features hub, Vertx vertx, Optional<CapturedMailbox> mailbox) {
    this.mailbox = mailbox;
    this.hub = hub;
    this.pages = new Pages(hub.settings, hub.languages, hub.clock);
    this.failures = new Failures(pages);
    this.cookies = new Cookies(hub.settings.http().secure());
    this.contract = OpenAPIContract.from(vertx, ApiRouter.CONTRACT).await();
  }

  /** A router of its own for each instance of the web's verticle. */
  Router router(Vertx vertx) {
    Router api =
        new ApiRouter(contract, this, failures, new ApiIdempotency(hub.hub, hub.idempotency))
            .build(vertx, new Operations(hub).all(), contractText);
    return new SiteRouter(hub.settings, this, cookies, pages, failures)
        .build(vertx, new Routes(hub, pages, cookies, mailbox).all(), Optional.of(api));
  }

  @Override
  public Optional<Session> session(String secret) {
    return hub.signIn.resume(secret);
  }

  @Override
  public Optional<StaffMember> bearer(String token) {
    return hub.apiTokens.who(token);
  }

  private static String contractText() {
    try (InputStream in = WebWiring.class.getResourceAsStream("/" + ApiRouter.CONTRACT)) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
