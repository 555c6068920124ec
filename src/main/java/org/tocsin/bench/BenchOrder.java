package org.tocsin.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a bench is asked for.
 *
 * @param recipients of the broadcast that is measured
 * @param seconds that each raw limit is measured for
 * @param nodes hub processes over the one database
 * @param jvm more options of each hub's JVM, e.g. {@code -Xmx512m}
 * @param folder for everything that is written; without it one that is removed
 * @param out takes what is said on the way
 */
public record BenchOrder(
    int recipients,
    int seconds,
    int nodes,
    boolean dkim,
    List<String> jvm,
    Optional<Path> folder,
    InstantSource clock,
    PrintWriter out) {
  BenchOrder and(String jvmOption) {
    List<String> both = Stream.concat(Stream.of(jvmOption), jvm.stream()).toList();
    return new BenchOrder(recipients, seconds, nodes, dkim, both, folder, clock, out);
  }

  /** Adds what a figure depends on beside the database's settings. */
  Map<String, String> describe(Map<String, String> settings) {
    settings.put("nodes", "" + nodes);
    settings.put("jvm", String.join(" ", jvm));
    return settings;
  }

  void say(String words) {
    out.println(words);
    out.flush();
  }
}
