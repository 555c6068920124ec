package org.tocsin.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a bench is asked for.
 *
 * @param recipients of the broadcast that is measured
 * @param seconds that each raw limit is measured for
 * @param nodes hub processes over the one database
 * @param folder for everything that is written; without it one that is removed
 * @param out takes what is said on the way
 */
public record BenchOrder(
    int recipients,
    int seconds,
    int nodes,
    boolean dkim,
    Optional<Path> folder,
    InstantSource clock,
    PrintWriter out) {
  void say(String words) {
    out.println(words);
    out.flush();
  }
}
