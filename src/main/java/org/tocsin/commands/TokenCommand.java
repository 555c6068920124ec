package org.tocsin.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.errors.HubException.NotFound;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes and revokes the tokens with which programs act as a member of staff. */
@Command(
    name = "token",
    description = "Make and revoke API tokens.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class TokenCommand {
  @Spec private @Nullable CommandSpec spec;

  @Command(
      description = "Make a token and print it, this once.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin SettingsOption settings,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "EMAIL",
              description = "The member of staff in whose name it acts.")
          String email,
      @Option(
              names = "--label",
              defaultValue = "",
              paramLabel = "TEXT",
              description = "What it is for, to know it again.")
          String label,
      @Option(
              names = "--scope",
              split = ",",
              converter = RoleConverter.class,
              paramLabel = "ROLE",
              description = "Only these of the person's roles (default: all of them).")
          @Nullable List<Role> scope) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = StaffCommand.find(bench, email);
      String token =
          bench.tokens.create(
              Workbench.ACTOR, who, label, scope == null ? Set.of() : Set.copyOf(scope));
      out().println(token);
      out().flush();
    }
    return 0;
  }

  @Command(
      description = "List somebody's tokens, without the tokens themselves.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin SettingsOption settings,
      @Option(names = "--as", required = true, paramLabel = "EMAIL") String email) {
    try (Workbench bench = Workbench.open(settings.load())) {
      for (ApiTokens.Token token : bench.tokens.list(StaffCommand.find(bench, email).id())) {
        out()
            .printf(
                "%-6d  %-24s  %-32s  %s%n",
                token.id(),
                token.label(),
                token.scope().isEmpty()
                    ? "all roles"
                    : token.scope().stream()
                        .sorted()
                        .map(Role::word)
                        .collect(Collectors.joining(",")),
                token.revoked().map(at -> "revoked " + at).orElse("works since " + token.created()));
      }
      out().flush();
    }
    return 0;
  }

  @Command(
      description = "Revoke a token, from the next request on.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin SettingsOption settings,
      @Parameters(
              paramLabel = "NUMBER|TOKEN",
              description = "Its number as `token list` shows it, or the token itself.")
          String which) {
    try (Workbench bench = Workbench.open(settings.load())) {
      long id =
          which.matches("[0-9]{1,18}")
              ? Long.parseLong(which)
              : bench.tokens.findId(which).orElseThrow(() -> new NotFound("token"));
      if (!bench.tokens.revoke(Workbench.ACTOR, id)) {
        throw new NotFound("token that still works");
      }
      out().println("Token " + id + " no longer works.");
      out().flush();
    }
    return 0;
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine().getOut();
  }
}
