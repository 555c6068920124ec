package org.tocsin.cases;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Messages;

/**
 * Forty invented people for a demonstration: 25 cases active, two of them opened again, and 15
 * resolved. Every private text holds a word of its own that stands nowhere else ({@link
 * #canaries}). They go the way of every case, written by one person and confirmed by another.
 */
public final class DemoCases {
  private static final int CASES = 40;
  private static final int RESOLVED = 15;
  private static final int REOPENED = 2;

  /** Private texts of a case; the last of them only where a case was resolved. */
  private static final int TEXTS = 18;

  private static final List<String> COUNTRIES = List.of("XN", "XQ", "XT");
  private static final List<String> FIRST =
      List.of("Ilyas", "Marisela", "Teodor", "Anouk", "Bahar", "Cosmin", "Dilara", "Esteban");
  private static final List<String> SUMMARIES =
      List.of(
          "Arrested in %s after treating people who were wounded at a protest. No charge was read"
              + " out.",
          "Dismissed and banned from travelling after publishing how the water of %s was poisoned.",
          "Taken from a laboratory in %s by men without uniforms; held without access to a lawyer.",
          "On trial for a lecture given in %s. The indictment quotes nothing but the slides.");
  private static final List<SituationWord> SITUATIONS =
      List.of(
          SituationWord.DETAINED,
          SituationWord.TRAVEL_OR_WORK_BAN,
          SituationWord.DISAPPEARED,
          SituationWord.JUDICIAL_PROCEEDINGS);
  private static final List<SituationWord> ENDINGS =
      List.of(SituationWord.RELEASED, SituationWord.ACQUITTED, SituationWord.CASE_DISMISSED);

  private Instant now = Instant.parse("2024-01-08T09:00:00Z");
  private final Database database;
  private final Messages words;
  private final Cases cases;
  private final CaseRecords records;
  private final CaseTeam teams;
  private final Consents consents;

  public DemoCases(Database database, Sealer sealer, Audit audit, Messages words) {
    Casebook book = new Casebook(database, sealer, audit, () -> now);
    this.database = database;
    this.words = words;
    this.cases = new Cases(book, new Random(1976));
    this.records = new CaseRecords(book);
    this.teams = new CaseTeam(book);
    this.consents = new Consents(book, List.of());
  }

  /** Every word that must never leave the desk. */
  public static List<String> canaries() {
    return IntStream.range(0, CASES)
        .flatMap(
            one ->
                IntStream.range(
                    one * TEXTS, one * TEXTS + (one < RESOLVED + REOPENED ? TEXTS : TEXTS - 1)))
        .mapToObj(DemoWords::word)
        .toList();
  }

  /** Does nothing where there is any case already. */
  public void write(StaffId officer, StaffMember confirmer) {
    if (!cases.visibleTo(officer, Optional.empty(), Long.MAX_VALUE, 1).isEmpty()) {
      return;
    }
    database.together(
        tx -> {
          for (int i = 0; i < CASES; i++) {
            write(i, officer, confirmer);
            now = now.plus(Duration.ofDays(13));
          }
          return tx;
        });
  }

  private void write(int i, StaffId officer, StaffMember confirmer) {
    DemoText text = new DemoText(i * TEXTS);
    Profession profession = Profession.values()[i * 5 % Profession.values().length];
    CaseDetails details =
        new CaseDetails(
            FIRST.get(i % FIRST.size()) + " " + text.next(),
            FIRST.get((i + 3) % FIRST.size()) + " " + text.next(),
            COUNTRIES.get(i % COUNTRIES.size()),
            profession,
            SUMMARIES.get(i % SUMMARIES.size()).formatted(text.next()));
    CaseId id = cases.create(details, officer, words).id();
    LocalDate day = Consent.today(now).minusDays(20);
    situation(id, SITUATIONS.get(i % SITUATIONS.size()), day, "Told from " + text.next(), officer);
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      String rests = "Rests on the papers that came from " + text.next() + ".";
      records.check(id, word, true, rests, officer, words);
    }
    source(id, Source.Kind.FAMILY, "A cousin in " + text.next() + " rang us.", day, officer);
    source(id, Source.Kind.PRESS, "The weekly of " + text.next() + " reports it.", day, officer);
    String risk = "Relatives in " + text.next() + " could be questioned.";
    records.writeRiskNote(id, risk, officer, words);
    note(id, Note.Kind.FAMILY_CONTACT, "Write to the aunt in " + text.next() + ".", officer);
    note(id, Note.Kind.LAWYER_CONTACT, "Chambers at " + text.next() + ", by post.", officer);
    note(id, Note.Kind.MEDICAL, "Needs the medicine kept at " + text.next() + ".", officer);
    note(id, Note.Kind.TEAM, "Ask again in " + text.next() + " next month.", officer);
    note(id, Note.Kind.OPEN, "A hearing in " + text.next() + " is expected.", officer);
    consent(id, i, "A letter handed over in " + text.next() + ".", day, officer);
    teams.add(id, confirmer, officer, words);
    move(id, WorkState.UNDER_REVIEW, "", officer);
    move(id, WorkState.ACTIVE, "", confirmer.id());
    if (i < RESOLVED + REOPENED) {
      resolve(id, i, text.next(), officer);
    }
    if (i < REOPENED) {
      situation(id, SituationWord.DETAINED, Consent.today(now), "", officer);
      move(id, WorkState.ACTIVE, "", confirmer.id());
    }
  }

  private void resolve(CaseId id, int i, String place, StaffId officer) {
    now = now.plus(Duration.ofDays(4));
    SituationWord ending = ENDINGS.get(i % ENDINGS.size());
    situation(id, ending, Consent.today(now), "", officer);
    move(id, WorkState.RESOLVED, "Seen by friends in " + place + ".", officer);
  }

  private void situation(
      CaseId id, SituationWord word, LocalDate since, String note, StaffId officer) {
    SituationDraft draft = new SituationDraft(word, since, note, OptionalLong.empty());
    records.addSituation(id, draft, officer, words);
  }

  private void source(CaseId id, Source.Kind kind, String text, LocalDate day, StaffId officer) {
    records.addSource(id, new SourceDraft(kind, true, day, text), officer, words);
  }

  private void note(CaseId id, Note.Kind kind, String text, StaffId officer) {
    records.addNote(id, kind, text, officer, words);
  }

  /** Every third is for correspondents alone, and every tenth for our own work. */
  private void consent(CaseId id, int i, String evidence, LocalDate day, StaffId officer) {
    Set<ConsentScope> scopes =
        i % 10 == 9
            ? Set.of()
            : i % 3 == 0
                ? Set.of(ConsentScope.CORRESPONDENTS_ALERT)
                : Set.of(
                    ConsentScope.CORRESPONDENTS_ALERT,
                    ConsentScope.NETWORK_ALERT,
                    ConsentScope.WGAD);
    Giver giver = Giver.values()[i % Giver.values().length];
    consents.give(
        id, new ConsentDraft(giver, scopes, day, Optional.empty(), evidence), officer, words);
  }

  private void move(CaseId id, WorkState to, String reason, StaffId by) {
    cases.move(id, cases.get(id).version(), to, reason, by, words);
  }

  /** Gives out the words of one case, in the order in which it is written. */
  private static final class DemoText {
    private int number;

    DemoText(int first) {
      this.number = first;
    }

    String next() {
      return DemoWords.word(number++);
    }
  }
}
