package org.tocsin.web.desk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;

/** What somebody did: a verb of the audit, and a name for whoever it was. */
public record HistoryStep(String verb, String who, AuditEntry entry) {
  private static final int LATEST = 50;
  private static final String STAFF = "staff:";

  /**
   * Newest first.
   *
   * @param others a name for an actor who is not of the staff
   */
  static List<HistoryStep> of(
      Audit audit, String subject, Map<StaffId, String> names, UnaryOperator<String> others) {
    return of(audit, subject, names, others, Audit.Sight.WITHOUT_CASES);
  }

  static List<HistoryStep> of(
      Audit audit,
      String subject,
      Map<StaffId, String> names,
      UnaryOperator<String> others,
      Audit.Sight sight) {
    return audit.history(subject, LATEST, sight).stream()
        .map(entry -> new HistoryStep(verb(entry), who(entry.actor(), names, others), entry))
        .toList();
  }

  private static String verb(AuditEntry entry) {
    String action = entry.action();
    return action.substring(action.indexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static String who(
      String actor, Map<StaffId, String> names, UnaryOperator<String> others) {
    return actor.matches(STAFF + "[0-9]{1,18}")
        ? names.getOrDefault(new StaffId(Long.parseLong(actor.substring(STAFF.length()))), actor)
        : others.apply(actor);
  }
}
