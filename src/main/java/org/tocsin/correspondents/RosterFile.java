package org.tocsin.correspondents;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.csv.CsvFile;
import org.tocsin.platform.csv.RefusedRow;

/**
 * A roster as a CSV file has it: {@code name, email, academy, section, year}, in any order; other
 * columns are ignored. Read from end to end before anything is written.
 */
final class RosterFile {
  private static final List<String> COLUMNS =
      List.of("name", "email", "academy", "section", "year");
  private static final int MOST_TEXT = 120;
  private static final int FIRST_YEAR = 1863;

  private final Map<String, Integer> columns = new HashMap<>();
  private final List<RosterEntry> entries = new ArrayList<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private final int lastYear;
  private int rows;

  private RosterFile(int lastYear) {
    this.lastYear = lastYear;
  }

  static RosterFile read(CsvFile file, Year thisYear) {
    RosterFile roster = new RosterFile(thisYear.getValue() + 1);
    file.forEachRecord(
        record -> {
          if (roster.columns.isEmpty()) {
            roster.heading(file.name(), record);
          } else {
            roster.row(record);
          }
        });
    if (roster.columns.isEmpty()) {
      throw CsvFile.problem(file.name() + " is empty. " + wanted());
    }
    return roster;
  }

  private static String wanted() {
    return "Its first line must name the columns " + String.join(", ", COLUMNS);
  }

  private void heading(String file, CsvRecord heading) {
    for (int i = 0; i < heading.getFieldCount(); i++) {
      String name = heading.getField(i).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && columns.put(name, i) != null) {
        throw CsvFile.problem(file + " names the column '" + name + "' twice");
      }
    }
    if (!columns.keySet().containsAll(COLUMNS)) {
      throw CsvFile.problem(file + " has headings that are not understood. " + wanted());
    }
  }

  private void row(CsvRecord record) {
    rows++;
    String email = field(record, "email");
    String name = field(record, "name");
    String section = field(record, "section");
    Optional<EmailAddress> address = EmailAddress.parse(email);
    Optional<Academy> academy = Academy.of(field(record, "academy"));
    OptionalInt year = year(field(record, "year"));
    String reason =
        address.isEmpty()
            ? "the e-mail address is missing or cannot be written to"
            : academy.isEmpty()
                ? "the academy is not one of NAS, NAE, NAM"
                : name.isEmpty() || name.length() > MOST_TEXT
                    ? "the name is missing or longer than " + MOST_TEXT
                    : section.length() > MOST_TEXT
                        ? "the section is longer than " + MOST_TEXT
                        : year.isEmpty()
                            ? "the year is not one from " + FIRST_YEAR + " to " + lastYear
                            : "";
    if (reason.isEmpty()) {
      entries.add(
          new RosterEntry(
              academy.orElseThrow(), name, address.orElseThrow(), section, year.getAsInt()));
    } else {
      refused.add(new RefusedRow(record.getStartingLineNumber(), email, reason));
    }
  }

  private OptionalInt year(String text) {
    int year = text.matches("[0-9]{4}") ? Integer.parseInt(text) : 0;
    return year >= FIRST_YEAR && year <= lastYear ? OptionalInt.of(year) : OptionalInt.empty();
  }

  private String field(CsvRecord record, String column) {
    Integer index = columns.get(column);
    return index == null || index >= record.getFieldCount()
        ? ""
        : record.getField(index).replaceAll("[\\s\\p{Cntrl}\\u00A0]+", " ").strip();
  }

  int rows() {
    return rows;
  }

  List<RosterEntry> entries() {
    return entries;
  }

  List<RefusedRow> refused() {
    return refused;
  }
}
