package org.tocsin.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.bench.BenchOrder;
import org.tocsin.bench.EmailBench;
import org.tocsin.bench.Figure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures this hub on this machine, each time beside the limit of the machine itself. */
@Command(
    name = "bench",
    description = {
      "Measure the engine on this machine.",
      "Starts a PostgreSQL, a receiver and hubs of its own and leaves nothing running. The last line"
          + " is one JSON object."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand {
  @Spec private @Nullable CommandSpec spec;

  /** What every bench can be told. */
  static final class Size {
    @Option(
        names = "--recipients",
        defaultValue = "100000",
        paramLabel = "N",
        description = "How many are written to (default: ${DEFAULT-VALUE}).")
    private int recipients;

    @Option(
        names = "--seconds",
        defaultValue = "5",
        paramLabel = "N",
        description = "How long each raw limit is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
        names = "--nodes",
        defaultValue = "1",
        paramLabel = "N",
        description = "Hub processes over one database (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
        names = "--folder",
        paramLabel = "FOLDER",
        description = "Where the database is kept; a temporary folder, removed, without it.")
    private @Nullable Path folder;
  }

  /** One of the benches. */
  private interface Bench {
    Figure run(BenchOrder order) throws IOException;
  }

  @Command(
      description = "Mails a second, each outcome durable, against a bare pipelining client.",
      mixinStandardHelpOptions = true)
  int email(
      @Mixin Size size, @Option(names = "--dkim", description = "Sign with RSA-2048.") boolean dkim)
      throws IOException {
    return run(size, dkim, order -> new EmailBench(order).run());
  }

  private int run(Size size, boolean dkim, Bench bench) throws IOException {
    Figure figure =
        bench.run(
            new BenchOrder(
                size.recipients,
                size.seconds,
                size.nodes,
                dkim,
                Optional.ofNullable(size.folder),
                InstantSource.system(),
                out()));
    out().println(figure.toJson().encode());
    out().flush();
    return figure.verified() ? 0 : 1;
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine().getOut();
  }
}
