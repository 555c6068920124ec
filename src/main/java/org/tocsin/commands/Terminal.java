package org.tocsin.commands;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What commands print to: UTF-8 in whatever locale, since a container's is often none. */
public final class Terminal {
  private Terminal() {}

  public static void inUtf8(CommandLine line) {
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
