package org.tocsin.hub;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.platform.config.Settings.Postgres;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Bootstrap;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.EmbeddedPostgres;
import org.tocsin.platform.database.Examination;
import org.tocsin.platform.database.KeyringMark;
import org.tocsin.platform.database.Migrations;
import org.tocsin.platform.database.RoleSignIn;
import org.tocsin.platform.database.ServerAddress;

/**
 * What every command stands on: the data folder, the keyring, and the database, embedded or not.
 */
public final class Storage implements AutoCloseable {
  private static final String DATABASE = "tocsin";

  private final Settings settings;
  private final DataFolder folder;
  private final Optional<EmbeddedPostgres> embedded;
  private final ServerAddress address;
  private final Postgres roles;

  private Storage(
      Settings settings,
      DataFolder folder,
      Optional<EmbeddedPostgres> embedded,
      ServerAddress address,
      Postgres roles) {
    this.settings = settings;
    this.folder = folder;
    this.embedded = embedded;
    this.address = address;
    this.roles = roles;
  }

  /** Opens the folder and reaches the database; starts the embedded one where nobody has. */
  public static Storage attach(Settings settings) {
    return attach(settings, folder -> {});
  }

  /** For a hub: alone on its folder, its ports free, before a database is started for it. */
  static Storage attachForHub(Settings settings) {
    return attach(
        settings,
        folder -> {
          folder.lock();
          Ports.require(settings);
        });
  }

  private static Storage attach(Settings settings, Consumer<DataFolder> first) {
    DataFolder folder = DataFolder.open(settings.dataDir());
    try {
      first.accept(folder);
      Storage storage = reach(settings, folder);
      try {
        RoleSignIn.require(storage.address, storage.roles);
        return storage;
      } catch (Throwable failure) {
        storage.stopDatabase();
        throw failure;
      }
    } catch (Throwable failure) {
      folder.close();
      throw failure;
    }
  }

  private static Storage reach(Settings settings, DataFolder folder) {
    if (settings.database().url().isPresent()) {
      return new Storage(
          settings,
          folder,
          Optional.empty(),
          ServerAddress.of(settings.database().url().get()),
          settings.database());
    }
    Path server = folder.resolve("postgres");
    if (!EmbeddedPostgres.madeIn(server)) {
      folder.requireRoomForDatabase();
    }
    Postgres roles = withPasswords(settings.database(), folder.resolve("keys"));
    EmbeddedPostgres embedded = EmbeddedPostgres.attach(server);
    try {
      Bootstrap.ensure(embedded, DATABASE, roles.hub(), List.of(roles.site(), roles.courier()));
    } catch (Throwable failure) {
      embedded.close();
      throw failure;
    }
    return new Storage(settings, folder, Optional.of(embedded), embedded.address(DATABASE), roles);
  }

  public void migrate() {
    Migrations.run(address, roles);
  }

  List<String> pendingMigrations() {
    int pending = Migrations.pending(address, roles);
    return pending == 0
        ? List.of()
        : List.of(pending + " migrations are to be made; run: tocsin migrate");
  }

  Examination examine() {
    return Examination.of(address, roles);
  }

  /** For a command, after the migrations: an absent keyring is made, but never a second one. */
  public Keyring keyring() {
    Keyring keyring = keyring(true);
    mark(keyring);
    return keyring;
  }

  /** For a hub: in production an absent keyring is more likely lost than not yet made. */
  Keyring keyringOfHub() {
    return keyring(settings.demo());
  }

  private Keyring keyring(boolean mayCreate) {
    KeyringMark mark = new KeyringMark(address, roles.hub());
    Path keys = folder.resolve("keys");
    if (Keyring.absent(keys) && mark.isMade()) {
      throw new UnusableKeyring(
          "the keyring that sealed this database is not in " + keys + "; restore its backup there");
    }
    Keyring keyring = Keyring.open(keys, mayCreate);
    mark.check(keyring.sealer());
    return keyring;
  }

  /** After the migrations: from now on this database opens with this keyring only. */
  void mark(Keyring keyring) {
    new KeyringMark(address, roles.hub()).make(keyring.sealer());
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  public Database hub(Vertx vertx) {
    return open(vertx, roles.hub(), roles.connections());
  }

  public Database site(Vertx vertx) {
    return open(vertx, roles.site(), Math.max(2, roles.connections() / 3));
  }

  public Database courier(Vertx vertx) {
    return open(vertx, roles.courier(), roles.connections());
  }

  private Database open(Vertx vertx, Login login, int connections) {
    return Database.open(vertx, address, login.username(), login.password(), connections);
  }

  /** The embedded server's roles have random passwords, made once and kept beside the keys. */
  private static Postgres withPasswords(Postgres roles, Path keys) {
    Path file = keys.resolve("database.properties");
    Properties passwords = new Properties();
    try {
      if (!Files.notExists(file)) {
        try (var in = Files.newBufferedReader(file)) {
          passwords.load(in);
        }
      } else {
        Files.createDirectories(keys);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
        for (String role : List.of("hub", "site", "courier")) {
          passwords.setProperty(role, Secrets.random());
        }
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(file)) {
          passwords.store(out, "Passwords of the embedded database's roles");
        }
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot use " + file + ": " + unusable, unusable);
    }
    return new Postgres(
        roles.url(),
        new Login(roles.hub().username(), passwords.getProperty("hub")),
        new Login(roles.site().username(), passwords.getProperty("site")),
        new Login(roles.courier().username(), passwords.getProperty("courier")),
        roles.connections(),
        roles.migrate());
  }

  private void stopDatabase() {
    embedded.ifPresent(EmbeddedPostgres::close);
  }

  @Override
  public void close() {
    stopDatabase();
    folder.close();
  }
}
