package org.tocsin.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditExport;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.DeliveryExport;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberExport;
import org.tocsin.correspondents.MemberState;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.correspondents.Members;
import org.tocsin.platform.bus.Bus;
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
    return write(
        settings,
        email,
        Permission.WRITE_SUBSCRIBERS,
        (bench, who, out) -> {
          PeopleVault vault = new PeopleVault(bench.keyring.sealer(), bench.keyring.lookup());
          new SubscriberExport(bench.hub, vault, bench.audit)
              .write(who.id().actor(), state.toUpperCase(Locale.ROOT), topic, out);
        });
  }

  @Command(
      description = "All members with names and addresses, newest first.",
      mixinStandardHelpOptions = true)
  int members(
      @Mixin SettingsOption settings,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "EMAIL",
              description = "The member of staff in whose name it is; a membership officer.")
          String email,
      @Option(names = "--circle", paramLabel = "CIRCLE", description = "${COMPLETION-CANDIDATES}")
          @Nullable Circle circle,
      @Option(names = "--state", paramLabel = "STATE", description = "${COMPLETION-CANDIDATES}")
          @Nullable MemberState state) {
    return write(
        settings,
        email,
        Permission.WRITE_MEMBERS,
        (bench, who, out) ->
            new MemberExport(
                    bench.hub,
                    new MemberVault(bench.keyring.sealer(), bench.keyring.lookup()),
                    bench.audit)
                .write(
                    who.id().actor(),
                    new Members.Filter(
                        circle == null ? "" : circle.word(),
                        state == null ? "" : state.name(),
                        false),
                    out));
  }

  @Command(
      description = "What became of each delivery, newest broadcast first; nobody is named.",
      mixinStandardHelpOptions = true)
  int deliveries(
      @Mixin SettingsOption settings,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "EMAIL",
              description = "The member of staff in whose name it is; anybody of the staff.")
          String email,
      @Option(
              names = "--broadcast",
              paramLabel = "ID",
              description = "Only this one's, by the id in its page's address.")
          @Nullable String broadcast) {
    return write(
        settings,
        email,
        Permission.READ_BROADCASTS,
        (bench, who, out) ->
            new DeliveryExport(
                    bench.hub,
                    new Broadcasts(
                        bench.hub,
                        bench.keyring.sealer(),
                        bench.keyring.ids(),
                        new Bus(bench.vertx)),
                    bench.keyring.ids(),
                    bench.audit)
                .write(who.id().actor(), Optional.ofNullable(broadcast), out));
  }

  @Command(
      description = "The audit, newest first: numbers and verbs.",
      mixinStandardHelpOptions = true)
  int audit(
      @Mixin SettingsOption settings,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "EMAIL",
              description =
                  "The member of staff in whose name it is; an auditor or security admin.")
          String email,
      @Option(
              names = "--action",
              defaultValue = "",
              paramLabel = "ACTION",
              description = "A whole action, or the word before its dot.")
          String action,
      @Option(
              names = "--subject",
              defaultValue = "",
              paramLabel = "SUBJECT",
              description = "Such as newsletter:12.")
          String subject) {
    return write(
        settings,
        email,
        Permission.READ_AUDIT,
        (bench, who, out) ->
            new AuditExport(bench.hub, bench.audit)
                .write(who.id().actor(), new Audit.Filter("", action, subject), who.sight(), out));
  }

  /** One export. */
  @FunctionalInterface
  private interface Export {
    void write(Workbench bench, StaffMember who, PrintWriter out) throws IOException;
  }

  private int write(SettingsOption settings, String email, Permission needed, Export export) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = StaffCommand.find(bench, email);
      require(who, needed);
      PrintWriter out = out();
      export.write(bench, who, out);
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
