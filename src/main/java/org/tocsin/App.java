package org.tocsin;

import java.io.PrintWriter;
import java.util.List;
import org.tocsin.commands.BenchCommand;
import org.tocsin.commands.DemoCommand;
import org.tocsin.commands.DoctorCommand;
import org.tocsin.commands.DrillCommand;
import org.tocsin.commands.ExportCommand;
import org.tocsin.commands.Failure;
import org.tocsin.commands.ImportCommand;
import org.tocsin.commands.KeysCommand;
import org.tocsin.commands.ListenCommand;
import org.tocsin.commands.MigrateCommand;
import org.tocsin.commands.OpenapiCommand;
import org.tocsin.commands.ReceiveCommand;
import org.tocsin.commands.ServeCommand;
import org.tocsin.commands.StaffCommand;
import org.tocsin.commands.Terminal;
import org.tocsin.commands.TokenCommand;
import org.tocsin.commands.VerifyAuditCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts a command of the hub. */
@Command(
    name = "tocsin",
    description = "The notification and case-alert hub of a human-rights committee.",
    mixinStandardHelpOptions = true,
    version = "Tocsin 0.1.0",
    subcommands = {
      ServeCommand.class,
      BenchCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      DrillCommand.class,
      MigrateCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      KeysCommand.class,
      ListenCommand.class,
      OpenapiCommand.class,
      ReceiveCommand.class,
      StaffCommand.class,
      TokenCommand.class,
      VerifyAuditCommand.class
    })
public final class App {
  private App() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command and answers with its exit code. */
  static int run(String... args) {
    CommandLine line = commandLine();
    if (args.length == 0) {
      line.usage(line.getErr());
      return 2;
    }
    return line.execute(args);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new App());
    Terminal.inUtf8(line);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          PrintWriter err = command.getErr();
          List<String> lines = Failure.lines(failure);
          lines.forEach(err::println);
          return 1;
        });
    return line;
  }
}
