package org.tocsin.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.subscribers.PeopleVault;
import org.tocsin.subscribers.SubscriberExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes, as CSV on stdout, what a member of staff may see; the audit tells who had it. */
@Command(
    name = "export",
    description = "Write what a member of staff may see as CSV, and who had it into the audit.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ExportCommand {
  @Spec private @Nullable CommandSpec spec;

  @Command(
      description = "All subscribers with their topics, newest first.",
      mixinStandardHelpOptions = true)
  int subscribers(
      @Mixin SettingsOption settings,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "EMAIL",
              description = "The member of staff in whose name it is; a membership officer.")
          String email,
      @Option(names = "--state", defaultValue = "", paramLabel = "STATE") String state,
      @Option(names = "--topic", defaultValue = "", paramLabel = "TOPIC") String topic) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = StaffCommand.find(bench, email);
      require(who, Permission.WRITE_SUBSCRIBERS);
      PeopleVault vault = new PeopleVault(bench.keyring.sealer(), bench.keyring.lookup());
      PrintWriter out = out();
      new SubscriberExport(bench.hub, vault, bench.audit)
          .write(who.id().actor(), state.toUpperCase(Locale.ROOT), topic, out);
      if (out.checkError()) {
        throw new IOException("what reads the export went away, or its disk is full");
      }
    } catch (IOException gone) {
      throw new UncheckedIOException("cannot write the export: " + gone.getMessage(), gone);
    }
    return 0;
  }

  /** What somebody may not download at the desk, nobody downloads in their name here. */
  static void require(StaffMember who, Permission permission) {
    if (!permission.allows(who.roles())) {
      throw new Forbidden(
          "role_missing", who.name() + "'s roles do not allow " + permission.word());
    }
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine().getOut();
  }
}
