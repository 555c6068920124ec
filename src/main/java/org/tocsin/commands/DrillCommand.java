package org.tocsin.commands;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.AlertBook;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Drill;
import org.tocsin.alerts.ThinPress;
import org.tocsin.alerts.Ways;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Pace;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Casebook;
import org.tocsin.cases.Cases;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.network.Events;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.language.Languages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Practises an alert and its stop with those who practise, and tells how long both took. */
@Command(
    name = "drill",
    description = {
      "Send an approved exercise to the staff who practise, stop it, and tell how long both took.",
      "A hub must be running: it is the hub that sends."
    },
    mixinStandardHelpOptions = true)
public final class DrillCommand implements Callable<Integer> {
  @Mixin private SettingsOption settings = new SettingsOption();

  @Option(
      names = "--as",
      required = true,
      paramLabel = "EMAIL",
      description = "The release officer in whose name it is.")
  private String email = "";

  @Option(
      names = "--seconds",
      defaultValue = "300",
      paramLabel = "N",
      description = "How long to wait for each of the two (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = StaffCommand.find(bench, email);
      ExportCommand.require(who, Permission.RELEASE_ALERT);
      Drill.Result result = drill(bench).run(who.id(), Duration.ofSeconds(seconds));
      PrintWriter out = out();
      out.printf(
          "Drill %s: %,d of %,d members have it%n",
          result.exercise().chain().reference(), result.reached(), result.members());
      print(out, "alert", result.alert());
      print(out, "stop", result.stop());
      out.printf("%,d of them were told to stop.%n", result.told());
      return 0;
    }
  }

  private static void print(PrintWriter out, String what, Pace pace) {
    out.printf(
        Locale.ROOT,
        "  %-5s  95 %% after %.1f s, all after %.1f s%n",
        what,
        pace.most().toMillis() / 1_000.0,
        pace.all().toMillis() / 1_000.0);
  }

  private static Drill drill(Workbench bench) {
    InstantSource clock = InstantSource.system();
    var sealer = bench.keyring.sealer();
    Broadcasts broadcasts =
        new Broadcasts(bench.hub, sealer, bench.keyring.ids(), new Bus(bench.vertx));
    // It begins and ends no hold; it only asks whether there is one.
    Standstill standstill =
        new Standstill(bench.hub, new Bus(bench.vertx), bench.audit, clock, anybody -> false);
    Casebook casebook = new Casebook(bench.hub, sealer, bench.audit, clock);
    ThinPress thin =
        new ThinPress(
            new ThinLetters(
                new LetterPress(bench.settings)::press, Languages.load(), bench.settings),
            bench.settings);
    Alerts alerts =
        new Alerts(
            new AlertBook(
                bench.hub,
                sealer,
                clock,
                bench.audit,
                standstill,
                new Cases(casebook),
                new CaseTeam(casebook),
                about -> List.of()),
            new Ways(
                broadcasts.ownedBy(Ways.OWNER),
                new Events(bench.hub, bench.keyring.ids(), clock),
                new MemberSelection(sealer),
                thin),
            broadcasts,
            thin,
            Duration.ZERO,
            new SecureRandom());
    return new Drill(alerts, broadcasts);
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine().getOut();
  }
}
