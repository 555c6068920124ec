package org.tocsin.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The verdicts of a run, kept as they come: a run that breaks off has told what it knew. */
final class VerdictTable {
  private static final String HEAD =
      """
      | case | due | sent | missing | doubled | listed in doubt | doubled, not listed | wrongly reported | kills |
      |---|---|---|---|---|---|---|---|---|
      """;

  private final Path file;
  private final List<String> lines = new ArrayList<>();

  VerdictTable(Path file) {
    this.file = file;
  }

  void add(Verdict verdict) {
    lines.add(verdict.line());
    try {
      Files.writeString(file, text());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String text() {
    return HEAD + String.join("\n", lines) + "\n";
  }
}
