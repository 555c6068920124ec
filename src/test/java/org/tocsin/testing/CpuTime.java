package org.tocsin.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What processes cost, which unlike the time that goes by is the same beside a busy neighbour. Read
 * from {@code /proc}; nothing where there is none.
 */
final class CpuTime {
  private static final long MILLIS_A_TICK = 10;
  private static final int USER = 11;
  private static final int ENDED_CHILDREN = 13;

  private CpuTime() {}

  /** Who started this process, by way of a shell. */
  static Optional<ProcessHandle> maven() {
    return Stream.iterate(
            ProcessHandle.current().parent(), Optional::isPresent, one -> one.get().parent())
        .flatMap(Optional::stream)
        .filter(one -> one.info().command().filter(name -> name.endsWith("java")).isPresent())
        .findFirst();
  }

  /** With all it started and they started, whether they ended meanwhile or not. */
  static Duration of(ProcessHandle process) {
    return Duration.ofMillis(
        MILLIS_A_TICK
            * Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(one -> ticks(one, USER) + ticks(one, ENDED_CHILDREN))
                .sum());
  }

  /** Without what it started and is still there. */
  static Duration alone(ProcessHandle process) {
    return Duration.ofMillis(MILLIS_A_TICK * ticks(process, USER));
  }

  static Duration endedChildren(ProcessHandle process) {
    return Duration.ofMillis(MILLIS_A_TICK * ticks(process, ENDED_CHILDREN));
  }

  /** In user mode and in the kernel's: two numbers one after the other. */
  private static long ticks(ProcessHandle process, int at) {
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      // The name in brackets may hold anything.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[at]) + Long.parseLong(fields[at + 1]);
    } catch (IOException goneOrNoSuchMachine) {
      return 0;
    }
  }
}
