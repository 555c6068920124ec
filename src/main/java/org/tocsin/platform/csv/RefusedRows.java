package org.tocsin.platform.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The refused rows, each with its line and reason, in a file that only its owner may read. It is
 * complete before the first row is imported, and the same at every run.
 */
public final class RefusedRows {
  private RefusedRows() {}

  /** Empty where no row was refused. */
  public static Optional<Path> write(Path folder, String name, List<RefusedRow> refused) {
    Path file = folder.resolve(name + ".errors.csv");
    try {
      if (refused.isEmpty()) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      Files.createDirectories(folder);
      Path partial = folder.resolve(name + ".errors.csv.partial");
      Files.deleteIfExists(partial);
      Files.createFile(
          partial,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(partial)) {
        csv.writeRecord("line", "email", "reason");
        for (RefusedRow row : refused) {
          csv.writeRecord(
              String.valueOf(row.line()),
              SpreadsheetText.of(visible(row.email())),
              SpreadsheetText.of(row.reason()));
        }
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file + ": " + failure.getMessage(), failure);
    }
  }

  /** Control characters by their pictures (U+2400 and on): what is wrong should be seen. */
  private static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> shown.appendCodePoint(c < 0x20 ? 0x2400 + c : c));
    return shown.toString();
  }
}
