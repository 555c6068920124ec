package org.tocsin.commands;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.audit.Audit;
import org.tocsin.hub.Storage;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Languages;
import org.tocsin.subscribers.ImportCounts.Outcome;
import org.tocsin.subscribers.PeopleVault;
import org.tocsin.subscribers.SubscriberImport;
import org.tocsin.subscribers.SubscriberImport.Summary;
import org.tocsin.subscribers.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports subscribers; killed and run again, it goes on where it ended. */
@Command(
    name = "subscribers",
    description = {
      "Import subscribers from a CSV file: an export of listmonk or Mailchimp, or email,name,language.",
      "Killed and run again it goes on where it ended. It never overwrites an unsubscribe."
    },
    mixinStandardHelpOptions = true)
public final class ImportSubscribersCommand implements Callable<Integer> {
  private static final String FOLDER = "imports";

  @Mixin private final SettingsOption settings = new SettingsOption();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv", description = "The file, in UTF-8.")
  private @Nullable Path file;

  @Option(
      names = "--topics",
      required = true,
      split = ",",
      paramLabel = "TOPIC",
      description = "What they are signed up for, e.g. newsletter,events.")
  private List<String> topics = List.of();

  @Option(
      names = "--consent-source",
      required = true,
      paramLabel = "TEXT",
      description = "Where and how these people gave their consent, in words they may read.")
  private String consent = "";

  @Override
  public Integer call() {
    if (spec == null || file == null) {
      throw new IllegalStateException("picocli fills these in");
    }
    Settings loaded = settings.load();
    Topics known = new Topics(loaded.topics());
    List<String> wanted = topics.stream().map(String::strip).toList();
    if (!known.ids().containsAll(wanted)) {
      throw new ParameterException(
          spec.commandLine(), "--topics must be some of " + String.join(",", known.ids()));
    }
    if (consent.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--consent-source must say where and how the consent was given");
    }
    PrintWriter out = spec.commandLine().getOut();
    print(out, run(loaded, known, file, wanted));
    return 0;
  }

  private Summary run(Settings loaded, Topics known, Path from, List<String> wanted) {
    Vertx vertx = Vertx.vertx();
    try (Storage storage = Storage.attach(loaded)) {
      if (loaded.database().migrate()) {
        storage.migrate();
      }
      Keyring keyring = storage.keyring();
      try (Database hub = storage.hub(vertx);
          ImportProgress progress = ImportProgress.toTerminalOrLines()) {
        InstantSource clock = InstantSource.system();
        return new SubscriberImport(
                hub,
                new PeopleVault(keyring.sealer(), keyring.lookup()),
                known,
                Languages.load(),
                new Audit(hub, clock),
                clock,
                storage.file(FOLDER))
            .run(from, wanted, consent.strip(), progress);
      }
    } finally {
      vertx.close().await();
    }
  }

  private static void print(PrintWriter out, Summary summary) {
    if (summary.wasFinished() && summary.rows() > 0) {
      out.println("This file was imported before. Nothing was changed; these are its numbers.");
    } else if (summary.resumed() > 0) {
      out.println(
          "An earlier run had ended after "
              + number(summary.resumed())
              + " rows; this one went on.");
    }
    out.println();
    out.println(summary.file());
    line(out, summary, Outcome.IMPORTED, "imported");
    line(out, summary, Outcome.UPDATED, "updated: known already, now signed up for more");
    line(out, summary, Outcome.UNCHANGED, "unchanged: known already, nothing new");
    line(out, summary, Outcome.DUPLICATE, "duplicates of a row higher up in the file");
    line(out, summary, Outcome.NOT_ACTIVATED, "not activated: the file says they are not active");
    line(out, summary, Outcome.LEFT_OUT, "left out: they left, or must not be written to");
    line(out, summary, Outcome.REFUSED, "refused");
    out.println("  " + "-".repeat(9));
    out.printf(Locale.ROOT, "  %9s  rows in the file%n", number(summary.rows()));
    out.println();
    summary
        .errors()
        .ifPresent(errors -> out.println("The refused rows, with line and reason: " + errors));
    out.flush();
  }

  private static void line(PrintWriter out, Summary summary, Outcome outcome, String words) {
    out.printf(Locale.ROOT, "  %9s  %s%n", number(summary.counts().of(outcome)), words);
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
