package org.tocsin.commands;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.tocsin.subscribers.SubscriberImport;

/** Shows how far an import is: a bar on a terminal, a line every tenth elsewhere. */
final class ImportProgress implements SubscriberImport.Progress, AutoCloseable {
  private static final int TENTHS = 10;

  private final boolean terminal;
  private final PrintStream lines;
  private @Nullable ProgressBar bar;
  private int told = -1;

  ImportProgress(boolean terminal, PrintStream lines) {
    this.terminal = terminal;
    this.lines = lines;
  }

  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
  static ImportProgress toTerminalOrLines() {
    Console console = System.console();
    return new ImportProgress(console != null && console.isTerminal(), System.err);
  }

  @Override
  public void reached(int done, int rows) {
    if (terminal) {
      ProgressBar shown = bar;
      if (shown == null) {
        shown =
            new ProgressBarBuilder()
                .setTaskName("Importing")
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" rows", 1)
                .setInitialMax(rows)
                .build();
        bar = shown;
      }
      shown.stepTo(done);
      return;
    }
    int tenth = rows == 0 ? TENTHS : (int) (done * (long) TENTHS / rows);
    if (tenth > told) {
      told = tenth;
      lines.printf(Locale.ROOT, "Importing: %,d of %,d rows%n", done, rows);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
