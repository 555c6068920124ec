package org.tocsin.commands;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Attempts;
import org.tocsin.access.LetterBudget;
import org.tocsin.access.Marks;
import org.tocsin.access.SignInLinks;
import org.tocsin.access.Staff;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.hub.Storage;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Languages;
import org.tocsin.web.desk.TokenLetter;

/** What a command about staff or keys works with: the database and the keys, while it runs. */
final class Workbench implements AutoCloseable {
  /** As the audit names what is done from the command line. */
  static final String ACTOR = "system";

  final Settings settings;
  final Storage storage;
  final Database hub;
  final Keyring keyring;
  final Audit audit;
  final Staff staff;
  final ApiTokens tokens;
  final SignInLinks links;
  final Vertx vertx = Vertx.vertx();

  private Workbench(Settings settings, Storage storage) {
    InstantSource clock = InstantSource.system();
    this.settings = settings;
    this.storage = storage;
    this.keyring = storage.keyring();
    this.hub = storage.hub(vertx);
    this.audit = new Audit(hub, clock);
    this.staff = new Staff(hub, keyring.sealer(), keyring.lookup(), audit, clock);
    Bus bus = new Bus(vertx);
    this.tokens =
        new ApiTokens(
            hub,
            staff,
            new TokenLetter(
                new DirectMail(
                    new Broadcasts(hub, keyring.sealer(), keyring.ids(), bus),
                    keyring.lookup(),
                    clock),
                new LetterPress(settings)::press,
                Languages.load(),
                settings,
                clock),
            audit,
            clock);
    LookupHash lookup = keyring.lookup();
    this.links =
        new SignInLinks(
            hub,
            staff,
            keyring.sealer(),
            lookup,
            new Marks(keyring.tokens(), clock),
            new LetterBudget(
                lookup, new Attempts(lookup, clock), settings.mail().confirmationsPerAddress()),
            audit,
            bus,
            clock,
            (tx, to, link) -> {
              throw new IllegalStateException("the command line sends no mail");
            });
  }

  /** Attaches to the database, or starts it, and brings it to this version where that is wanted. */
  static Workbench open(Settings settings) {
    Storage storage = Storage.attach(settings);
    try {
      if (settings.database().migrate()) {
        storage.migrate();
      }
      return new Workbench(settings, storage);
    } catch (Throwable failure) {
      storage.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    hub.close();
    vertx.close().await();
    storage.close();
  }
}
