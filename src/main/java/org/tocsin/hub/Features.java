package org.tocsin.hub;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Idempotency;
import org.tocsin.access.SignIn;
import org.tocsin.access.Staff;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Languages;

/** Every feature, constructed once by plain constructors; reads from the bottom layer to the top. */
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
  final ApiTokens apiTokens;
  final Idempotency idempotency;
  final Broadcasts broadcasts;
  final Controls controls;
  final DirectMail directMail;

  Features(Settings settings, Vertx vertx, Keyring keyring, Database hub, Database site, Database courier, InstantSource clock) {
    this.settings = settings;
    this.hub = hub;
    this.clock = clock;
    this.keyring = keyring;
    this.bus = new Bus(vertx);
    this.audit = new Audit(hub, clock);
    this.staff = new Staff(hub, keyring.sealer(), keyring.lookup(), audit, clock);
    this.signIn = new SignIn(hub, staff, keyring.lookup(), audit, clock);
    this.apiTokens = new ApiTokens(hub, staff, audit, clock);
    this.idempotency = new Idempotency(hub, keyring.sealer(), clock);
    this.broadcasts = new Broadcasts(hub, keyring.sealer(), keyring.ids(), bus);
    this.controls = new Controls(hub, broadcasts, audit);
    this.directMail = new DirectMail(broadcasts, keyring.lookup(), clock);
  }
}
