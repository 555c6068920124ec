package org.tocsin.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.correspondents.RosterImport;
import org.tocsin.correspondents.RosterImport.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports the list of elected members; run again with the same file, it changes nothing. */
@Command(
    name = "roster",
    description = {
      "Import the list of elected members from a CSV file: name,email,academy,section,year.",
      "All of it or none; a row is known again by academy and address. Nobody is taken off."
    },
    mixinStandardHelpOptions = true)
public final class ImportRosterCommand implements Callable<Integer> {
  private static final String FOLDER = "imports";

  @Mixin private final SettingsOption settings = new SettingsOption();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE.csv", description = "The file, in UTF-8.")
  private @Nullable Path file;

  @Override
  public Integer call() {
    if (spec == null || file == null) {
      throw new IllegalStateException("picocli fills these in");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Workbench bench = Workbench.open(settings.load())) {
      MemberVault vault = new MemberVault(bench.keyring.sealer(), bench.keyring.lookup());
      Summary summary =
          new RosterImport(bench.hub, vault, bench.audit, InstantSource.system())
              .run(Workbench.ACTOR, file);
      print(out, summary);
      RosterImport.errors(bench.storage.file(FOLDER), String.valueOf(file.getFileName()), summary)
          .ifPresent(errors -> out.println("The refused rows, with line and reason: " + errors));
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, Summary summary) {
    line(out, summary.imported(), "new");
    line(out, summary.updated(), "changed");
    line(out, summary.unchanged(), "as before");
    line(out, summary.duplicates(), "duplicates of a row higher up in the file");
    line(out, summary.refused().size(), "refused");
    line(out, summary.rows(), "rows in the file");
  }

  private static void line(PrintWriter out, int number, String words) {
    out.printf(Locale.ROOT, "  %,9d  %s%n", number, words);
  }
}
