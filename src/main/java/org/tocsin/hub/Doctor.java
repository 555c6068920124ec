package org.tocsin.hub;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tocsin.channels.email.RelayProbe;
import org.tocsin.channels.email.dkim.DkimExamination;
import org.tocsin.channels.email.dkim.PublishedKey;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.EmbeddedPostgres;
import org.tocsin.platform.database.Examination;
import org.tocsin.platform.language.Languages;
import org.tocsin.web.UnnamedProxies;

/** Looks at everything a hub needs; makes no key and changes nothing in the database. */
public final class Doctor {
  /** A thing that was looked at; no problems means that it is well. */
  public record Finding(String what, List<String> problems) {}

  private final Settings settings;
  private final List<Finding> findings = new ArrayList<>();

  private Doctor(Settings settings) {
    this.settings = settings;
  }

  public static List<Finding> examine(Settings settings) {
    Doctor doctor = new Doctor(settings);
    doctor.examine();
    return List.copyOf(doctor.findings);
  }

  private void examine() {
    look("data folder", () -> dataFolder());
    look("keyring", () -> keyring());
    look("proxies", this::proxies);
    database();
    look("mail relay", () -> relay());
    signatures();
    look(
        running() ? "ports: a hub listens" : "ports",
        () -> running() ? Ports.openToOthers(settings.cluster()) : Ports.problems(settings));
  }

  private void look(String what, Supplier<List<String>> problems) {
    try {
      findings.add(new Finding(what, problems.get()));
    } catch (InvalidSettings wrong) {
      findings.add(new Finding(what, wrong.problems()));
    } catch (RuntimeException failure) {
      findings.add(new Finding(what, List.of(String.valueOf(failure.getMessage()))));
    }
  }

  private List<String> dataFolder() {
    DataFolder.open(settings.dataDir()).close();
    return List.of();
  }

  private List<String> keyring() {
    Path keys = settings.dataDir().resolve("keys");
    Keyring.open(keys, false);
    return List.of();
  }

  private List<String> proxies() {
    return Stream.concat(
            settings.http().unnamedProxy().stream(),
            UnnamedProxies.problems(
                settings.dataDir(),
                settings.http().trustedProxies(),
                InstantSource.system().instant())
                .stream())
        .toList();
  }

  /** An embedded database that was never started is made at the first start, and is well. */
  private void database() {
    boolean embedded = settings.database().url().isEmpty();
    if (embedded && !EmbeddedPostgres.madeIn(settings.dataDir().resolve("postgres"))) {
      look("database: is made at the first start", List::of);
      return;
    }
    try (Storage storage = Storage.attach(settings)) {
      look("database: all three roles sign in", List::of);
      try (Examination examination = storage.examine()) {
        look("database: version", examination::version);
        look("database: migrated", storage::pendingMigrations);
        look("database: rights of the roles", examination::rights);
        statistics(examination);
        look("database: clock", () -> examination.clock(InstantSource.system()));
      }
    } catch (RuntimeException failure) {
      look(
          "database",
          () -> {
            throw failure;
          });
    }
  }

  /** Asked as sending asks it; nothing is sent. */
  private List<String> relay() {
    Settings.Smtp smtp = settings.smtp();
    if (smtp.host().isEmpty()) {
      return List.of();
    }
    Vertx vertx = Vertx.vertx();
    try {
      return new RelayProbe(vertx, settings, smtp.host().get(), smtp.port())
              .patiently()
              .map(
                  fault ->
                      "smtp.host %s:%d with smtp.tls %s: %s"
                          .formatted(
                              smtp.host().get(),
                              smtp.port(),
                              smtp.tls().name().toLowerCase(Locale.ROOT),
                              RelayWatch.told(fault, Languages.load().in(Languages.DEFAULT))))
              .stream()
              .toList();
    } finally {
      vertx.close().await();
    }
  }

  /** Told and not counted against it: whoever runs no superuser cannot mend it. */
  private void statistics(Examination examination) {
    List<String> open = examination.openStatistics();
    look(
        open.isEmpty()
            ? "database: statistics are closed to the site and the courier"
            : "database: the site and the courier may ask for "
                + String.join(", ", open)
                + " of every table; a superuser closes that by db/superuser/close_statistics.sql",
        List::of);
  }

  private void signatures() {
    if (settings.smtp().dkim().isEmpty()) {
      look("DKIM: off, so the relay must sign", List::of);
      return;
    }
    DkimExamination examination = new DkimExamination(settings.smtp().dkim().get());
    look("DKIM: keys", examination::files);
    for (PublishedKey key : examination.records()) {
      look("DKIM: record " + key.name(), () -> examination.published(key));
    }
  }

  /** Its ports are then taken, as they should be. */
  private boolean running() {
    try (DataFolder folder = DataFolder.open(settings.dataDir())) {
      folder.lock(Duration.ZERO);
      return false;
    } catch (InvalidSettings held) {
      return true;
    }
  }
}
