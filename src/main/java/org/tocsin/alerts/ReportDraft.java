package org.tocsin.alerts;

import java.time.LocalDate;

/** A report about to be written down. */
public record ReportDraft(ActionReport.Way way, LocalDate on, String target, String reply) {
  @Override
  public String toString() {
    return "report draft";
  }
}
