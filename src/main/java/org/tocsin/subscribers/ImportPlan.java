package org.tocsin.subscribers;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.csv.CsvFile;
import org.tocsin.platform.csv.RefusedRow;
import org.tocsin.platform.language.Languages;
import org.tocsin.subscribers.ImportRow.Read;
import org.tocsin.subscribers.ImportRow.Refused;
import org.tocsin.subscribers.ImportRow.Status;

/**
 * A file read once from end to end before anything is written: it is CSV in UTF-8 with headings we
 * know, and of every address we know the strongest status that any of its rows has. A "no" on the
 * last row holds for the first one too.
 */
final class ImportPlan {
  private final CsvFile file;
  private final Languages languages;
  private final Map<String, Status> strongest = new HashMap<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private int rows;

  private ImportPlan(CsvFile file, Languages languages) {
    this.file = file;
    this.languages = languages;
  }

  static ImportPlan of(CsvFile file, Languages languages) {
    ImportPlan plan = new ImportPlan(file, languages);
    plan.forEach(plan::count);
    return plan;
  }

  private void count(ImportRow row) {
    rows++;
    switch (row) {
      case Refused bad -> refused.add(new RefusedRow(bad.line(), bad.email(), bad.reason()));
      case Read read ->
          strongest.merge(
              read.key(), read.status(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
  }

  void forEach(Consumer<ImportRow> reader) {
    AtomicReference<@Nullable ImportLayout> layout = new AtomicReference<>();
    file.forEachRecord(
        (CsvRecord record) -> {
          ImportLayout known = layout.get();
          if (known == null) {
            layout.set(ImportLayout.of(file.name(), record, languages));
          } else {
            reader.accept(known.read(record));
          }
        });
    if (layout.get() == null) {
      throw ImportLayout.nothingIn(file.name());
    }
  }

  int rows() {
    return rows;
  }

  List<RefusedRow> refused() {
    return List.copyOf(refused);
  }

  Status strongest(Read row) {
    return Optional.ofNullable(strongest.get(row.key())).orElse(row.status());
  }
}
