package org.tocsin.cases;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.TestHub;

/** A hub with an officer who writes, a colleague who confirms and an outsider; cases as needed. */
public final class CaseFixture implements AutoCloseable {
  public static final LocalDate TODAY = LocalDate.of(2026, 6, 15);

  public final TestHub hub = new TestHub();
  public final Messages words = Languages.load().in("en");
  public final Casebook book = new Casebook(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock);
  public final Cases cases = new Cases(book, new Random(7));
  public final CaseRecords records = new CaseRecords(book);
  public final CaseTeam teams = new CaseTeam(book);
  public final List<CaseId> told = new CopyOnWriteArrayList<>();
  public final Consents consents = new Consents(book, List.of((tx, id) -> told.add(id)));
  private final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  public final StaffMember officer = member("officer", Role.CASE_OFFICER);
  public final StaffMember colleague = member("colleague", Role.APPROVER);
  public final StaffMember outsider = member("outsider", Role.CASE_OFFICER);

  public StaffMember member(String name, Role role) {
    return staff.add("system", name + "@tocsin.example", name, Set.of(role));
  }

  public static CaseDetails details(String name, String summary) {
    return new CaseDetails(name, "", "XN", Profession.PHYSICIAN, summary);
  }

  public CaseFile takenIn() {
    return cases.create(details("Ilyas Voren", "Arrested at the hospital."), officer.id(), words);
  }

  /** Under review, with a colleague on the team and nothing yet of what the gate asks for. */
  public CaseFile underReview() {
    CaseFile taken = takenIn();
    teams.add(taken.id(), colleague, officer.id(), words);
    return move(taken.id(), WorkState.UNDER_REVIEW, officer);
  }

  /** All that the gate asks for, written by the officer. */
  public CaseFile ready() {
    CaseId id = underReview().id();
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      check(id, word, true);
    }
    source(id, true);
    source(id, true);
    consent(id, Optional.empty(), ConsentScope.CORRESPONDENTS_ALERT);
    records.writeRiskNote(id, "His brother lives in the same town.", officer.id(), words);
    return cases.get(id);
  }

  public CaseFile active() {
    return move(ready().id(), WorkState.ACTIVE, colleague);
  }

  public void check(CaseId id, EligibilityCheck.Word word, boolean met) {
    records.check(id, word, met, "Seen in the indictment", officer.id(), words);
  }

  public void source(CaseId id, boolean independent) {
    SourceDraft draft =
        new SourceDraft(Source.Kind.COLLEAGUE, independent, TODAY, "Told us on the telephone");
    records.addSource(id, draft, officer.id(), words);
  }

  public ConsentId consent(CaseId id, Optional<LocalDate> expires, ConsentScope... scopes) {
    consents.give(
        id,
        new ConsentDraft(Giver.FAMILY, Set.of(scopes), TODAY, expires, "A letter of the wife"),
        officer.id(),
        words);
    return consents.list(id).getFirst().id();
  }

  public void situation(CaseId id, SituationWord word, LocalDate since) {
    records.addSituation(
        id, new SituationDraft(word, since, "", OptionalLong.empty()), officer.id(), words);
  }

  public CaseFile move(CaseId id, WorkState to, StaffMember by) {
    return move(id, to, to.needsReason() ? "Not ours" : "", by);
  }

  public CaseFile move(CaseId id, WorkState to, String reason, StaffMember by) {
    return cases.move(id, cases.get(id).version(), to, reason, by.id(), words);
  }

  @Override
  public void close() {
    hub.close();
  }
}
