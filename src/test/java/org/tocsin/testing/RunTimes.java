package org.tocsin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the classes of one run took, written down by each of its processes; the last of them tells
 * all.
 */
final class RunTimes {
  private static final Path FOLDER = Path.of("target/test-times");
  private static final Path SERVER = Path.of("target/test-postgres/data/postmaster.pid");
  private static final int SLOWEST = 10;

  private final ProcessHandle own = ProcessHandle.current();
  private final ProcessHandle maven;
  private final List<Row> rows = new ArrayList<>();
  private final Path file;

  /** A class, or what {@link #TOTAL} names. */
  private record Row(String name, Duration took, Duration cpu) {
    static final String TOTAL = "all";
    static final String POSTGRES = "postgres";
    static final String COMPILER = "compiler";

    String line() {
      return name + "\t" + took.toMillis() + "\t" + cpu.toMillis();
    }

    static Row parse(String line) {
      String[] fields = line.split("\t");
      return new Row(
          fields[0],
          Duration.ofMillis(Long.parseLong(fields[1])),
          Duration.ofMillis(Long.parseLong(fields[2])));
    }

    boolean isClass() {
      return name.contains(".");
    }
  }

  RunTimes(ProcessHandle maven) {
    this.maven = maven;
    this.file = FOLDER.resolve(maven.pid() + "-" + own.pid() + ".tsv");
    try {
      Files.createDirectories(FOLDER);
      forgetOtherRuns();
      // Now, while the compiler is all that Maven has waited for.
      Files.writeString(
          file, new Row(Row.COMPILER, Duration.ZERO, CpuTime.endedChildren(maven)).line() + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void forgetOtherRuns() throws IOException {
    for (Path other : files(name -> !name.startsWith(maven.pid() + "-"))) {
      Files.deleteIfExists(other);
    }
  }

  void add(String name, Duration took, Duration cpu) {
    rows.add(new Row(name, took, cpu));
  }

  /** This process is done; tells all where no other of its run is left. */
  Optional<String> end() {
    rows.add(new Row(Row.TOTAL, Duration.ZERO, CpuTime.of(own)));
    rows.add(new Row(Row.POSTGRES, Duration.ZERO, server().map(CpuTime::of).orElse(Duration.ZERO)));
    try (FileChannel ending =
        FileChannel.open(
            FOLDER.resolve("end.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ending.lock();
      Files.write(file, rows.stream().map(Row::line).toList(), StandardOpenOption.APPEND);
      List<Row> all = new ArrayList<>();
      for (Path one : files(name -> name.startsWith(maven.pid() + "-"))) {
        List<Row> its = Files.readAllLines(one).stream().map(Row::parse).toList();
        if (its.size() == 1) {
          return Optional.empty();
        }
        all.addAll(its);
      }
      return Optional.of(told(all));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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

  private static List<Path> files(java.util.function.Predicate<String> which) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(one -> one.toString().endsWith(".tsv"))
          .filter(one -> which.test(one.getFileName().toString()))
          .toList();
    }
  }

  private String told(List<Row> all) {
    List<Row> classes =
        all.stream()
            .filter(Row::isClass)
            .sorted(Comparator.comparing(Row::took).reversed())
            .toList();
    StringBuilder told =
        new StringBuilder(
            "\nThe slowest of %d test classes, with the CPU seconds of their process and what it started%n"
                .formatted(classes.size()));
    for (Row row : classes.subList(0, Math.min(SLOWEST, classes.size()))) {
      told.append(
          "%8.1f s %8.1f s CPU  %s%n"
              .formatted(seconds(row.took()), seconds(row.cpu()), row.name()));
    }
    return told.append(
            "CPU seconds: tests %.0f, PostgreSQL %.0f, compiler %.0f, Maven %.0f%n"
                .formatted(
                    sum(all, Row.TOTAL),
                    most(all, Row.POSTGRES),
                    most(all, Row.COMPILER),
                    seconds(CpuTime.alone(maven))))
        .toString();
  }

  private static double sum(List<Row> all, String name) {
    return all.stream()
        .filter(row -> row.name().equals(name))
        .mapToDouble(row -> seconds(row.cpu()))
        .sum();
  }

  private static double most(List<Row> all, String name) {
    return all.stream()
        .filter(row -> row.name().equals(name))
        .mapToDouble(row -> seconds(row.cpu()))
        .max()
        .orElse(0);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
