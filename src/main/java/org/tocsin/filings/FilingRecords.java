package org.tocsin.filings;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.tocsin.access.StaffId;
import org.tocsin.filings.Deadline.How;
import org.tocsin.filings.Deadline.Kind;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;

/**
 * What is added to a complaint as time goes by: texts and dates; and whether it is confidential.
 */
public final class FilingRecords {
  private final FilingBook book;

  public FilingRecords(FilingBook book) {
    this.book = book;
  }

  public void addText(
      FilingId id, FilingText.Kind kind, String given, StaffId staff, Messages words) {
    FilingRules rules = new FilingRules(words);
    int most = kind == FilingText.Kind.REFERENCE ? FilingRules.MAX_NOTE : FilingRules.MAX_TEXT;
    String text = rules.required("text", given, most);
    rules.check();
    book.change(
        id,
        staff,
        "text_added",
        new JsonObject().put("kind", kind.name()),
        (tx, before, file) -> book.records.addText(tx, id, kind, text, staff, book.now()));
  }

  public void setDeadline(FilingId id, LocalDate due, String given, StaffId staff, Messages words) {
    FilingRules rules = new FilingRules(words);
    String note = rules.required("note", given, FilingRules.MAX_NOTE);
    rules.due("due", due, book.today());
    rules.check();
    book.change(
        id,
        staff,
        "deadline_set",
        new JsonObject().put("due", due.toString()),
        (tx, before, file) -> {
          requireOpen(before);
          book.records.addDeadline(tx, id, Kind.OTHER, due, note, staff, book.now());
        });
  }

  /** Conflict {@code deadline_ended} where it was over before. */
  public void endDeadline(FilingId id, long deadline, How how, StaffId staff) {
    book.change(
        id,
        staff,
        "deadline_ended",
        new JsonObject().put("deadline", deadline).put("how", how.name()),
        (tx, before, file) -> {
          if (!book.records.end(tx, id, deadline, how, book.today(), staff, book.now())) {
            throw new NotFound("deadline");
          }
        });
  }

  /** Conflict {@code stays_confidential} where the mechanism leaves no choice. */
  public void setConfidential(FilingId id, boolean confidential, StaffId staff) {
    book.change(
        id,
        staff,
        "confidential_set",
        new JsonObject().put("confidential", confidential),
        (tx, before, file) -> book.filings.setConfidential(tx, id, confidential));
  }

  private static void requireOpen(Filing filing) {
    if (!filing.isOpen()) {
      throw new Conflict("filing_closed", "This filing is closed");
    }
  }
}
