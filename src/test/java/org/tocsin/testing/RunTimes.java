package org.tocsin.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the classes of one run took. */
final class RunTimes {
  private static final Path SERVER = Path.of("target/test-postgres/data/postmaster.pid");
  private static final int SLOWEST = 10;

  private final ProcessHandle maven;

  /** The compiler is all that Maven has waited for when tests begin. */
  private final Duration compiler;

  private final List<Row> classes = new ArrayList<>();

  private record Row(String name, Duration took) {}

  RunTimes(ProcessHandle maven) {
    this.maven = maven;
    this.compiler = CpuTime.endedChildren(maven);
  }

  synchronized void add(String name, Duration took) {
    classes.add(new Row(name, took));
  }

  synchronized String summary() {
    StringBuilder summary = new StringBuilder("The slowest of " + classes.size() + " test classes");
    classes.stream()
        .sorted(Comparator.comparing(Row::took).reversed())
        .limit(SLOWEST)
        .forEach(row -> summary.append("%n%8.1f s  %s".formatted(seconds(row.took()), row.name())));
    return summary
        .append(
            "%nCPU seconds: tests and what they start %.0f, PostgreSQL %.0f, compiler %.0f, Maven %.0f"
                .formatted(
                    seconds(CpuTime.of(ProcessHandle.current())),
                    seconds(server().map(CpuTime::of).orElse(Duration.ZERO)),
                    seconds(compiler),
                    seconds(CpuTime.alone(maven))))
        .toString();
  }

  /** Not asked of {@link TestPostgres}, which would start one. */
  private static Optional<ProcessHandle> server() {
    try {
      return Files.exists(SERVER)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(SERVER).getFirst().strip()))
          : Optional.empty();
    } catch (IOException endedMeanwhile) {
      return Optional.empty();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
