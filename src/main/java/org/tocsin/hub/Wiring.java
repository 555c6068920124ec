package org.tocsin.hub;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.Session;
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

/** Constructs everything, once, by plain constructors; reads from the bottom layer to the top. */
final class Wiring {
  final Bus bus;
  final Audit audit;
  final Broadcasts broadcasts;
  final DirectMail directMail;
  final Languages languages = Languages.load();
  private final Settings settings;
  private final Pages pages;
  private final Failures failures;
  private final Identity identity;

  Wiring(
      Settings settings,
      Vertx vertx,
      Keyring keyring,
      Database hub,
      Database site,
      Database courier,
      InstantSource clock) {
    this.settings = settings;
    this.bus = new Bus(vertx);
    this.audit = new Audit(hub, clock);
    this.broadcasts = new Broadcasts(hub, keyring.sealer(), keyring.ids(), bus);
    this.directMail = new DirectMail(broadcasts, keyring.lookup(), clock);
    this.pages = new Pages(settings, languages, clock);
    this.failures = new Failures(pages);
    this.identity =
        new Identity() {
          @Override
          public Optional<Session> session(String secret) {
            return Optional.empty();
          }

          @Override
          public Optional<StaffMember> bearer(String token) {
            return Optional.empty();
          }
        };
  }

  /** A router of its own for each instance of the web's verticle. */
  Router router(Vertx vertx) {
    return new SiteRouter(
            settings, identity, new Cookies(settings.http().secure()), pages, failures)
        .build(vertx, routes(), Optional.empty());
  }

  private List<Route> routes() {
    return List.of();
  }
}
