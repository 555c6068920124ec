package org.tocsin.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.bench.BenchOrder;
import org.tocsin.bench.DecayBench;
import org.tocsin.bench.EmailBench;
import org.tocsin.bench.Figure;
import org.tocsin.bench.MemoryBench;
import org.tocsin.bench.SnapshotBench;
import org.tocsin.bench.UrgentBench;
import org.tocsin.bench.WebhookBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures this hub on this machine, each time beside the limit of the machine itself. */
@Command(
    name = "bench",
    description = {
      "Measure the engine on this machine.",
      "Starts a PostgreSQL, a receiver and hubs of its own and leaves nothing running. The last"
          + " line is one JSON object."
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
        names = "--jvm",
        paramLabel = "OPTION",
        description =
            "A further option of each hub's JVM, e.g. --jvm=-XX:+UseZGC; may be given again.")
    private List<String> jvm = List.of();

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
      @Mixin Size size,
      @Option(names = "--dkim", description = "Sign with RSA-2048 and Ed25519.") boolean dkim)
      throws IOException {
    return run(size, dkim, order -> new EmailBench(order).run());
  }

  @Command(
      description = "Webhooks a second, each outcome durable, against a bare client that signs.",
      mixinStandardHelpOptions = true)
  int webhook(@Mixin Size size) throws IOException {
    return run(size, false, order -> new WebhookBench(order).run());
  }

  @Command(
      description = "How soon a release has frozen its recipients, and the first is written to.",
      mixinStandardHelpOptions = true)
  int snapshot(@Mixin Size size) throws IOException {
    return run(size, false, order -> new SnapshotBench(order).run());
  }

  @Command(
      description = "How soon an alert reaches 1,000 members while a newsletter goes out.",
      mixinStandardHelpOptions = true)
  int urgent(@Mixin Size size) throws IOException {
    return run(size, false, order -> new UrgentBench(order).run());
  }

  @Command(
      description = "What a hub holds while a newsletter goes out, second by second.",
      mixinStandardHelpOptions = true)
  int memory(@Mixin Size size) throws IOException {
    return run(size, false, order -> new MemoryBench(order).run());
  }

  @Command(
      description = "Whether a hub with a long past is as quick as a new one.",
      mixinStandardHelpOptions = true)
  int decay(
      @Mixin Size size,
      @Option(
              names = "--old-outcomes",
              defaultValue = "10000000",
              paramLabel = "N",
              description = "Of broadcasts long over (default: ${DEFAULT-VALUE}).")
          int outcomes,
      @Option(
              names = "--dead-endpoints",
              defaultValue = "100000",
              paramLabel = "N",
              description = "Where nobody listens any more (default: ${DEFAULT-VALUE}).")
          int deadEndpoints,
      @Option(
              names = "--held-minutes",
              defaultValue = "1",
              paramLabel = "N",
              description =
                  "How long an old snapshot of the database is held first (default:"
                      + " ${DEFAULT-VALUE}).")
          int minutes)
      throws IOException {
    atLeast(0, "--old-outcomes", outcomes);
    atLeast(1, "--dead-endpoints", deadEndpoints);
    atLeast(0, "--held-minutes", minutes);
    return run(
        size,
        false,
        order -> new DecayBench(order, outcomes, deadEndpoints, Duration.ofMinutes(minutes)).run());
  }

  private int run(Size size, boolean dkim, Bench bench) throws IOException {
    atLeast(1, "--recipients", size.recipients);
    atLeast(1, "--seconds", size.seconds);
    atLeast(1, "--nodes", size.nodes);
    Figure figure =
        bench.run(
            new BenchOrder(
                size.recipients,
                size.seconds,
                size.nodes,
                dkim,
                List.copyOf(size.jvm),
                Optional.ofNullable(size.folder),
                InstantSource.system(),
                out()));
    out().println(figure.toJson().encode());
    out().flush();
    return figure.verified() ? 0 : 1;
  }

  private void atLeast(int least, String option, int value) {
    if (value < least) {
      throw new ParameterException(line(), option + " is " + value + ", must be at least " + least);
    }
  }

  private PrintWriter out() {
    return line().getOut();
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec.commandLine();
  }
}
