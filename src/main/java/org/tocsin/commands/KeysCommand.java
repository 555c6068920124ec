package org.tocsin.commands;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Staff;
import org.tocsin.alerts.Alerts;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.calls.Calls;
import org.tocsin.cases.Cases;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.developments.Developments;
import org.tocsin.filings.Filings;
import org.tocsin.hub.Storage;
import org.tocsin.network.Endpoints;
import org.tocsin.officials.Officials;
import org.tocsin.outreach.Outreach;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.KeyringMark;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.publications.Newsletters;
import org.tocsin.subscribers.PeopleVault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Looks after the keyring, without which nothing sealed in the database can be read again, and
 * makes keys that sign mail.
 */
@Command(
    name = "keys",
    description = "Make, back up and rotate the keys; make keys that sign mail.",
    subcommands = DkimKeysCommand.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand {
  private static final String FOLDER = "keys";

  @Spec private @Nullable CommandSpec spec;

  @Command(description = "Make a keyring where there is none.", mixinStandardHelpOptions = true)
  int create(@Mixin SettingsOption settings) {
    Path folder = settings.load().dataDir().resolve(FOLDER);
    if (!Keyring.absent(folder)) {
      throw new IllegalStateException("there is a keyring in " + folder + " already");
    }
    Keyring.open(folder, true);
    out().println("Made a keyring in " + folder + ".");
    out().println("Back it up now, away from the database: tocsin keys backup FILE.zip");
    out().flush();
    return 0;
  }

  @Command(
      description = {
        "Write the keyring to a new zip file that only you can read.",
        "Keep it away from the database's backups: together they are everything.",
        "To restore, unpack it into data_dir/keys while the hub is stopped."
      },
      mixinStandardHelpOptions = true)
  int backup(@Mixin SettingsOption settings, @Parameters(paramLabel = "FILE.zip") Path file) {
    Path folder = settings.load().dataDir().resolve(FOLDER);
    Keyring.open(folder, false);
    try {
      pack(folder, file);
    } catch (FileAlreadyExistsException exists) {
      throw new IllegalStateException(file + " exists already; name a new file");
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
    out().println("The keys of " + folder + " are in " + file + ".");
    out().flush();
    return 0;
  }

  private static void pack(Path folder, Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream raw = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING);
        ZipOutputStream zip = new ZipOutputStream(raw);
        Stream<Path> keys = Files.list(folder)) {
      for (Path key : keys.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(key.getFileName().toString()));
        Files.copy(key, zip);
        zip.closeEntry();
      }
    }
  }

  @Command(
      description = {
        "Add a new key to the keyring; what older keys wrote stays readable.",
        "Every hub must be stopped: one that runs does not know the new key."
      },
      mixinStandardHelpOptions = true)
  int rotate(@Mixin SettingsOption settings) {
    Vertx vertx = Vertx.vertx();
    try (Storage storage = Storage.attach(settings.load());
        Database hub = storage.hub(vertx)) {
      long others = hub.othersConnected();
      if (others > 0) {
        throw new IllegalStateException(
            "a hub or another command is connected to the database; stop it first");
      }
      Keyring.rotate(storage.file(FOLDER));
    } finally {
      vertx.close().await();
    }
    out().println("There is a new key. What is written from now on is sealed with it.");
    out().println("1. Back the keyring up:            tocsin keys backup FILE.zip");
    out().println("2. Start the hub again.");
    out().println("3. Seal the old values with it:    tocsin keys reseal");
    out().flush();
    return 0;
  }

  @Command(
      description = {
        "Seal what older keys wrote with the newest key, in batches, beside a running hub.",
        "Killed and run again it goes on where it ended. Older keys are kept: addresses that must",
        "never be written to again are known by their hash alone, which needs them."
      },
      mixinStandardHelpOptions = true)
  int reseal(@Mixin SettingsOption settings) {
    try (Workbench bench = Workbench.open(settings.load())) {
      Resealing resealing =
          new Resealing(bench.hub, bench.keyring.sealer(), bench.keyring.lookup());
      for (SealedTable table : tables()) {
        long rows = resealing.run(table, done -> {});
        out().printf("%-24s  %,d rows sealed anew%n", table.name(), rows);
        out().flush();
      }
    }
    return 0;
  }

  /** Every table that depends on the keyring. */
  static List<SealedTable> tables() {
    return Stream.of(
            Staff.sealedTables(),
            PeopleVault.sealedTables(),
            MemberVault.sealedTables(),
            Endpoints.sealedTables(),
            Cases.sealedTables(),
            Alerts.sealedTables(),
            Calls.sealedTables(),
            Officials.sealedTables(),
            Outreach.sealedTables(),
            Filings.sealedTables(),
            Developments.sealedTables(),
            Newsletters.sealedTables(),
            Broadcasts.sealedTables(),
            KeyringMark.sealedTables())
        .flatMap(List::stream)
        .toList();
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine().getOut();
  }
}
