package org.tocsin.developments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.cases.ConsentDraft;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.cases.WorkState;
import org.tocsin.developments.DevelopmentDraft.Kind;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;

/**
 * Three invented developments for a demonstration: one cleared, one that waits, and one that names
 * somebody who did not agree. What is not cleared holds words of its own.
 */
public final class DemoDevelopments {
  private static final List<String> CANARIES = List.of("Morvantelisk", "Ulbrathequin");
  private static final LocalDate AGREED = LocalDate.of(2026, 3, 2);

  private final Developments developments;
  private final Cases cases;
  private final Consents consents;
  private final Messages words;
  private final LocalDate today;

  public DemoDevelopments(
      Developments developments, Cases cases, Consents consents, Messages words, Instant now) {
    this.developments = developments;
    this.cases = cases;
    this.consents = consents;
    this.words = words;
    this.today = UtcDay.of(now);
  }

  /** Every word that must never leave the desk. */
  public static List<String> canaries() {
    return CANARIES;
  }

  /** Does nothing where there is one already, or fewer than three resolved cases. */
  public void write(StaffId officer, StaffId approver) {
    List<CaseFile> resolved =
        cases.visibleTo(officer, Optional.of(WorkState.RESOLVED), Long.MAX_VALUE, 3);
    if (resolved.size() < 3 || !developments.list(officer, 1).isEmpty()) {
      return;
    }
    resolved.forEach(one -> agree(one, officer));
    DevelopmentId cleared =
        developments.begin(resolved.get(0).id(), draft(Kind.RELEASED, ""), officer, words);
    developments.clear(cleared, draft(Kind.RELEASED, "").hash(), approver);
    developments.begin(
        resolved.get(1).id(),
        draft(Kind.TRAVEL_BAN_LIFTED, " The first journey goes to " + CANARIES.get(0) + "."),
        officer,
        words);
    String named = resolved.get(2).details().name();
    developments.begin(
        resolved.get(2).id(),
        draft(Kind.ACQUITTED, " " + named + " teaches in " + CANARIES.get(1) + " again."),
        officer,
        words);
  }

  private void agree(CaseFile file, StaffId officer) {
    consents.give(
        file.id(),
        new ConsentDraft(
            Giver.SELF,
            Set.of(ConsentScope.PUBLIC_ANONYMISED),
            AGREED.isAfter(today) ? today : AGREED,
            Optional.empty(),
            words.text("developments.demo.consent")),
        officer,
        words);
  }

  private DevelopmentDraft draft(Kind kind, String more) {
    return new DevelopmentDraft(
        kind,
        words.text("developments.begin.title." + kind.name()),
        words.text("developments.begin.text." + kind.name()) + more);
  }
}
