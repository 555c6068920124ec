package org.tocsin.commands;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.errors.HubException.NotFound;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets staff in and out from the machine itself, e.g. the very first of them. */
@Command(
    name = "staff",
    description = "Let staff in and out.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class StaffCommand {
  @Spec private @Nullable CommandSpec spec;

  @Command(
      description = "Let somebody in, and print a sign-in link that works once within 24 hours.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin SettingsOption settings,
      @Parameters(paramLabel = "EMAIL") String email,
      @Option(
              names = "--role",
              required = true,
              split = ",",
              converter = RoleConverter.class,
              paramLabel = "ROLE",
              description = "May be given more than once.")
          List<Role> roles,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "What colleagues see (default: the address up to its @).")
          @Nullable String name) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember added =
          bench.staff.add(
              Workbench.ACTOR,
              email,
              name == null ? email.replaceFirst("@.*", "") : name,
              EnumSet.copyOf(roles));
      out().println(added.name() + " is let in as " + words(added.roles()) + ".");
      printLink(bench, added);
    }
    return 0;
  }

  @Command(
      description = "Print a sign-in link that works once within 24 hours.",
      mixinStandardHelpOptions = true)
  int link(@Mixin SettingsOption settings, @Parameters(paramLabel = "EMAIL") String email) {
    try (Workbench bench = Workbench.open(settings.load())) {
      printLink(bench, find(bench, email));
    }
    return 0;
  }

  private void printLink(Workbench bench, StaffMember who) {
    String token = bench.links.print(Workbench.ACTOR, who);
    out().println("Sign in once, within 24 hours:");
    out().println(bench.settings.http().link("/desk/sign-in/" + token));
    out().flush();
  }

  @Command(description = "List who works here, and who did.", mixinStandardHelpOptions = true)
  int list(@Mixin SettingsOption settings) {
    try (Workbench bench = Workbench.open(settings.load())) {
      for (Staff.Entry entry : bench.staff.list()) {
        StaffMember member = entry.member();
        out()
            .printf(
                "%-9s  %-36s  %-24s  %s%n",
                member.id().actor(),
                member.email(),
                member.name(),
                entry.ended().map(at -> "ended " + at).orElseGet(() -> words(member.roles())));
      }
      out().flush();
    }
    return 0;
  }

  @Command(
      description = "Give somebody these roles instead of the present ones.",
      mixinStandardHelpOptions = true)
  int roles(
      @Mixin SettingsOption settings,
      @Parameters(paramLabel = "EMAIL") String email,
      @Option(
              names = "--role",
              required = true,
              split = ",",
              converter = RoleConverter.class,
              paramLabel = "ROLE")
          List<Role> roles) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = find(bench, email);
      bench.staff.changeRoles(Workbench.ACTOR, who.id(), EnumSet.copyOf(roles));
      out().println(who.name() + " is now " + words(EnumSet.copyOf(roles)) + ".");
      out().flush();
    }
    return 0;
  }

  @Command(
      description = "End somebody's access: sessions, links, password and tokens, at once.",
      mixinStandardHelpOptions = true)
  int end(@Mixin SettingsOption settings, @Parameters(paramLabel = "EMAIL") String email) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = find(bench, email);
      bench.staff.end(Workbench.ACTOR, who.id());
      out().println("Access has ended for " + who.name() + ".");
      out().flush();
    }
    return 0;
  }

  static StaffMember find(Workbench bench, String email) {
    return bench.staff
        .findByEmail(email)
        .orElseThrow(() -> new NotFound("member of staff: " + email));
  }

  private static String words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine().getOut();
  }
}
