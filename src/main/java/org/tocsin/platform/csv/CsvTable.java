package org.tocsin.platform.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/** Rows on their way to a spreadsheet, none of which it takes for a formula. */
public final class CsvTable {
  private final CsvWriter csv;

  /** Leaves the writer open: closing the CSV would close what is not ours. */
  public CsvTable(Writer to, String... headings) {
    this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to);
    csv.writeRecord(headings);
  }

  public void row(String... fields) {
    csv.writeRecord(Arrays.stream(fields).map(SpreadsheetText::of).toList());
  }

  public void flush() throws IOException {
    csv.flush();
  }
}
