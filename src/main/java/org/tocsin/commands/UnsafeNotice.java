package org.tocsin.commands;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The JVM names, in four lines on stderr, whoever first asks for Unsafe. Tink's protobuf still does
 * in every release (protobuf#20760), and {@code java -jar} takes no such flag out of the jar.
 */
public final class UnsafeNotice {
  private static final String WHO_ASKS = "com.google.protobuf.UnsafeUtil";

  private UnsafeNotice() {}

  public static void keepOffTheTerminal() {
    PrintStream err = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      Class.forName(WHO_ASKS);
    } catch (ClassNotFoundException gone) {
      // then nobody asks
    } finally {
      System.setErr(err);
    }
  }
}
