package org.tocsin.web.portal;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.tocsin.alerts.ActionReport.Way;
import org.tocsin.alerts.ReportDraft;
import org.tocsin.web.Form;

/**
 * A report as it was typed.
 *
 * @param target chosen from those of the alert
 * @param other typed, where it was somebody else
 */
public record ReportForm(String way, String on, String target, String other, String reply) {
  static final ReportForm BLANK = new ReportForm("", "", "", "", "");
  private static final int LONGEST_LINE = 2_000;
  private static final int LONGEST_TEXT = 100_000;

  /** What is too long by less than this comes back with what is wrong, and nothing is lost. */
  static ReportForm of(Form form) {
    return new ReportForm(
        form.line("way", LONGEST_LINE),
        form.line("on", LONGEST_LINE),
        form.line("target", LONGEST_LINE),
        form.text("other", LONGEST_LINE),
        form.text("reply", LONGEST_TEXT));
  }

  Optional<Way> chosen() {
    return Arrays.stream(Way.values()).filter(one -> one.name().equals(way)).findFirst();
  }

  Optional<LocalDate> day() {
    try {
      return Optional.of(LocalDate.parse(on));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  /** The field that says whom. */
  String whom() {
    return other.isBlank() ? "target" : "other";
  }

  /** With something in place of what is missing, so that the rest can be looked at too. */
  ReportDraft draft(LocalDate today) {
    return new ReportDraft(
        chosen().orElse(Way.OTHER), day().orElse(today), other.isBlank() ? target : other, reply);
  }

  @Override
  public String toString() {
    return "report form";
  }
}
