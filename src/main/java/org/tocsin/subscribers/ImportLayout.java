package org.tocsin.subscribers;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.csv.CsvFile;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.ImportRow.Status;

/**
 * Which columns a file has, after its heading, and how a record of it reads:
 *
 * <pre>
 * listmonk    email, name, status                                        others are ignored
 * Mailchimp   Email Address, First Name, Last Name, CONFIRM_TIME         UNSUB_TIME and CLEAN_TIME where it has them
 * plain       email, and name and language where it has them
 * </pre>
 */
final class ImportLayout {
  private static final String WANTED =
      "Its first line must name the columns: email, name, status (listmonk); "
          + "Email Address, First Name, Last Name, CONFIRM_TIME (Mailchimp); or email, name, language";
  private static final int MOST_NAME = 200;
  private static final DateTimeFormatter MAILCHIMP_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private enum Kind {
    LISTMONK,
    MAILCHIMP,
    PLAIN
  }

  private final Kind kind;
  private final Map<String, Integer> columns;
  private final int width;
  private final Predicate<String> speaks;
  private final Messages english;

  private ImportLayout(Kind kind, Map<String, Integer> columns, int width, Languages languages) {
    this.kind = kind;
    this.columns = columns;
    this.width = width;
    this.speaks = languages::speaks;
    this.english = languages.in(Languages.DEFAULT);
  }

  static ImportLayout of(String file, CsvRecord heading, Languages languages) {
    Map<String, Integer> columns = new HashMap<>();
    List<String> names = heading.getFields();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && columns.put(name, i) != null) {
        throw CsvFile.problem(file + " names the column '" + name + "' twice");
      }
    }
    return new ImportLayout(kind(file, columns), columns, names.size(), languages);
  }

  static Invalid nothingIn(String file) {
    return CsvFile.problem(file + " is empty. " + WANTED);
  }

  private static Kind kind(String file, Map<String, Integer> columns) {
    if (columns.containsKey("email address")) {
      if (!columns.containsKey("confirm_time")) {
        throw CsvFile.problem(
            file + " lacks the column CONFIRM_TIME, which proves that people confirmed");
      }
      return Kind.MAILCHIMP;
    }
    if (!columns.containsKey("email")) {
      throw CsvFile.problem(file + " has headings that are not understood. " + WANTED);
    }
    return columns.containsKey("status") ? Kind.LISTMONK : Kind.PLAIN;
  }

  ImportRow read(CsvRecord record) {
    long line = record.getStartingLineNumber();
    String email = field(record, kind == Kind.MAILCHIMP ? "email address" : "email");
    if (record.getFieldCount() != width) {
      return new ImportRow.Refused(
          line, email, "has " + record.getFieldCount() + " columns where the heading has " + width);
    }
    Optional<EmailAddress> address = EmailAddress.parse(email);
    if (address.isEmpty()) {
      return new ImportRow.Refused(line, email, english.text(EmailAddress.problem(email)));
    }
    String name = name(record);
    if (name.length() > MOST_NAME) {
      return new ImportRow.Refused(line, email, "the name is longer than " + MOST_NAME);
    }
    try {
      return new ImportRow.Read(
          line,
          address.get(),
          Optional.of(name).filter(text -> !text.isEmpty()),
          language(record),
          status(record),
          confirmedAt(record));
    } catch (IllegalArgumentException unknown) {
      return new ImportRow.Refused(line, email, String.valueOf(unknown.getMessage()));
    }
  }

  /** One line, whatever breaks it had; otherwise as it stands: a formula is text. */
  private String name(CsvRecord record) {
    String name =
        kind == Kind.MAILCHIMP
            ? field(record, "first name") + " " + field(record, "last name")
            : field(record, "name");
    return name.replaceAll("[\\s\\p{Cntrl}\\u00A0]+", " ").strip();
  }

  private String language(CsvRecord record) {
    String language = field(record, "language").strip().toLowerCase(Locale.ROOT);
    return speaks.test(language) ? language : Languages.DEFAULT;
  }

  private Status status(CsvRecord record) {
    return switch (kind) {
      case PLAIN -> Status.ENABLED;
      case LISTMONK -> {
        String status = field(record, "status").strip().toLowerCase(Locale.ROOT);
        yield switch (status) {
          case "enabled" -> Status.ENABLED;
          case "disabled" -> Status.DISABLED;
          case "blocklisted" -> Status.BLOCKED;
          default ->
              throw new IllegalArgumentException(
                  "the status is not one of enabled, disabled, blocklisted");
        };
      }
      case MAILCHIMP -> {
        if (!field(record, "unsub_time").isBlank() || !field(record, "clean_time").isBlank()) {
          yield Status.DISABLED;
        }
        yield field(record, "confirm_time").isBlank() ? Status.UNCONFIRMED : Status.ENABLED;
      }
    };
  }

  private Optional<Instant> confirmedAt(CsvRecord record) {
    String time = field(record, "confirm_time").strip();
    if (kind != Kind.MAILCHIMP || time.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(time, MAILCHIMP_TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("CONFIRM_TIME is not a time", malformed);
    }
  }

  private String field(CsvRecord record, String column) {
    Integer index = columns.get(column);
    return index == null || index >= record.getFieldCount() ? "" : record.getField(index);
  }
}
