package org.tocsin.cases;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what is written about a case; a value opens only as what it was sealed for. */
final class CaseVault {
  static final String NAME = "case.name";
  static final String OTHER_NAMES = "case.other_names";
  static final String COUNTRY = "case.country";
  static final String PROFESSION = "case.profession";
  static final String SUMMARY = "case.summary";
  static final String STEP_REASON = "case.step_reason";
  static final String SITUATION_NOTE = "case.situation_note";
  static final String CHECK_NOTE = "case.check_note";
  static final String SOURCE = "case.source";
  static final String RISK_NOTE = "case.risk_note";
  static final String NOTE = "case.note";
  static final String EVIDENCE = "case.consent_evidence";
  static final String END_REASON = "case.consent_end_reason";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          table(
              "case_file",
              new Sealed("name_sealed", NAME),
              new Sealed("other_names_sealed", OTHER_NAMES),
              new Sealed("country_sealed", COUNTRY),
              new Sealed("profession_sealed", PROFESSION),
              new Sealed("summary_sealed", SUMMARY)),
          table("step", new Sealed("reason_sealed", STEP_REASON)),
          table("situation", new Sealed("note_sealed", SITUATION_NOTE)),
          table("eligibility", new Sealed("note_sealed", CHECK_NOTE)),
          table("source", new Sealed("details_sealed", SOURCE)),
          table("risk_note", new Sealed("text_sealed", RISK_NOTE)),
          table("note", new Sealed("text_sealed", NOTE)),
          table("consent", new Sealed("evidence_sealed", EVIDENCE)),
          table("consent_end", new Sealed("reason_sealed", END_REASON)));

  private final Sealer sealer;

  CaseVault(Sealer sealer) {
    this.sealer = sealer;
  }

  private static SealedTable table(String name, Sealed... columns) {
    return new SealedTable("casework." + name, List.of(columns), List.of());
  }

  Buffer seal(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  String open(String purpose, Buffer closed) {
    return sealer.open(purpose, closed.getBytes());
  }

  /** Of a column that may be null. */
  Optional<String> find(String purpose, @Nullable Buffer closed) {
    return Optional.ofNullable(closed).map(present -> open(purpose, present));
  }
}
