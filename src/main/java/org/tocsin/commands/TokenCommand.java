package org.tocsin.commands;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.StaffMember;
import org.tocsin.access.TokenScope;
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

  @Command(description = "Make a token and print it, this once.", mixinStandardHelpOptions = true)
  int create(
      @Mixin SettingsOption settings,
      @Option(
              names = "--as",
              required = true,
              paramLabel = "EMAIL",
              description = "The member of staff in whose name it acts.")
          String email,
      @Option(
              names = "--name",
              defaultValue = "",
              paramLabel = "TEXT",
              description = "What it is for, to know it again.")
          String name,
      @Option(
              names = "--scope",
              split = ",",
              converter = ScopeConverter.class,
              paramLabel = "WORD",
              description =
                  "Only this of what the person may: read (whatever changes nothing), roles, single"
                      + " verbs as /desk/roles names them (default: all of it).")
          @Nullable List<String> scope,
      @Option(
              names = "--days",
              defaultValue = "" + ApiTokens.DAYS,
              paramLabel = "NUMBER",
              description = "How long it works (default: ${DEFAULT-VALUE}).")
          int days) {
    try (Workbench bench = Workbench.open(settings.load())) {
      StaffMember who = StaffCommand.find(bench, email);
      String token =
          bench.tokens.create(
              Workbench.ACTOR,
              who,
              name,
              scope == null ? TokenScope.ALL : TokenScope.of(scope),
              days);
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
    Instant now = InstantSource.system().instant();
    try (Workbench bench = Workbench.open(settings.load())) {
      for (ApiTokens.Token token : bench.tokens.list(StaffCommand.find(bench, email).id())) {
        out()
            .printf(
                "%-6d  %-24s  %-32s  %s, made %s, %s%n",
                token.id(),
                token.name(),
                token.scope().words().isEmpty()
                    ? "all roles"
                    : String.join(",", token.scope().sorted()),
                token
                    .revoked()
                    .map(at -> "revoked " + at)
                    .orElseGet(
                        () -> (token.ended(now) ? "ended " : "works until ") + token.expires()),
                token.created(),
                token.lastUsed().map(at -> "last used " + at).orElse("never used"));
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
