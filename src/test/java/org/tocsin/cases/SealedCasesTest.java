package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.testing.StolenCopy;

/** I1 and I19: what a thief of the database holds, and what the site and the courier may ask. */
class SealedCasesTest {
  private final CaseFixture fixture = new CaseFixture();
  private final List<String> canaries = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Every text field of a case that went all the way, each with a word of its own. */
  private CaseId fullCase() {
    var officer = fixture.officer.id();
    var words = fixture.words;
    CaseDetails first =
        new CaseDetails(
            canary("name"), canary("other"), "XQ", Profession.MIDWIFE, canary("summary"));
    CaseId id = fixture.cases.create(first, officer, words).id();
    CaseDetails second =
        new CaseDetails(
            canary("name2"), canary("other2"), "XT", Profession.NURSE, canary("summary2"));
    fixture.cases.edit(id, 1, second, officer, words);
    fixture.teams.add(id, fixture.colleague, officer, words);
    fixture.records.addSituation(
        id,
        new SituationDraft(
            SituationWord.DETAINED,
            LocalDate.of(2026, 1, 2),
            canary("situation"),
            OptionalLong.empty()),
        officer,
        words);
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      fixture.records.check(id, word, true, canary("check" + word.ordinal()), officer, words);
    }
    for (Source.Kind kind : Source.Kind.values()) {
      fixture.records.addSource(
          id,
          new SourceDraft(kind, true, CaseFixture.TODAY, canary("source" + kind.ordinal())),
          officer,
          words);
    }
    for (Note.Kind kind : Note.Kind.values()) {
      fixture.records.addNote(id, kind, canary("note" + kind.ordinal()), officer, words);
    }
    fixture.records.writeRiskNote(id, canary("risk"), officer, words);
    for (Giver giver : Giver.values()) {
      fixture.consents.give(
          id,
          new ConsentDraft(
              giver,
              Set.of(),
              CaseFixture.TODAY,
              Optional.empty(),
              canary("evidence" + giver.ordinal())),
          officer,
          words);
    }
    fixture.consents.revoke(
        id, fixture.consents.list(id).getFirst().id(), canary("revoked"), officer, words);
    fixture.move(id, WorkState.UNDER_REVIEW, canary("step"), fixture.officer);
    fixture.move(id, WorkState.ACTIVE, canary("confirmed"), fixture.colleague);
    fixture.move(id, WorkState.CLOSED_OTHER, canary("closed"), fixture.officer);
    fixture.move(id, WorkState.SEALED, canary("sealed"), fixture.officer);
    return id;
  }

  private String canary(String field) {
    String canary = "zeisig-" + field + "-" + canaries.size();
    canaries.add(canary);
    return canary;
  }

  @Test
  void aStolenCopyShowsNothingOfACase() {
    CaseFile file = fixture.cases.get(fullCase());
    assertThat(canaries).hasSizeGreaterThan(30);
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    assertThat(copy.tables()).contains("casework.case_file", "casework.note", "audit.entry");
    assertThat(copy.shows("case.consent_revoked")).isTrue();
    assertThat(copy.shows(file.reference().text())).isTrue();
    assertThat(canaries).noneMatch(copy::shows);
    assertThat(copy.shows("zeisig")).isFalse();
    // Neither where nor as what: the country's and the profession's code.
    assertThat(plain(file.id())).doesNotContain("XT").doesNotContain("2221");
  }

  private String plain(CaseId id) {
    return fixture.hub.hub.get(
        "SELECT c::text AS whole FROM casework.case_file c WHERE id = $1",
        row -> row.getString("whole").replace(fixture.cases.get(id).reference().text(), ""),
        id.value());
  }

  /** The search itself can fail. */
  @Test
  void theSearchWouldFindAWord() {
    CaseId id = fixture.takenIn().id();
    fixture.hub.hub.run(
        "UPDATE casework.case_file SET name_sealed = $2 WHERE id = $1",
        id.value(),
        Buffer.buffer("zeisig-name"));
    assertThat(StolenCopy.of(fixture.hub.address).shows("zeisig-name")).isTrue();
  }

  @Test
  void aNewKeySealsEveryTableAnew() {
    CaseId id = fullCase();
    CaseFile file = fixture.cases.get(id);
    var teamFile = fixture.records.openTeamFile(id, fixture.officer.id());
    Keyring.rotate(fixture.hub.folder.resolve("keys"));
    Keyring rotated = Keyring.open(fixture.hub.folder.resolve("keys"), false);
    Resealing resealing = new Resealing(fixture.hub.hub, rotated.sealer(), rotated.lookup());
    for (SealedTable table : Cases.sealedTables()) {
      assertThat(resealing.run(table, done -> {})).as(table.name()).isPositive();
      for (SealedTable.Sealed column : table.columns()) {
        assertThat(
                fixture.hub.hub.<Long>get(
                    "SELECT count(*) AS n FROM %s WHERE substring(%s FOR 5) <> $1"
                        .formatted(table.name(), column.column()),
                    row -> row.getLong("n"),
                    Buffer.buffer(rotated.sealer().newestPrefix())))
            .as(table.name() + "." + column.column())
            .isZero();
      }
    }
    Casebook book =
        new Casebook(fixture.hub.hub, rotated.sealer(), fixture.hub.audit, fixture.hub.clock);
    assertThat(new Cases(book).get(id)).isEqualTo(file);
    assertThat(new CaseRecords(book).openTeamFile(id, fixture.officer.id())).isEqualTo(teamFile);
  }

  @Test
  void everyPrivateTableIsRefusedToTheSiteAndTheCourier() {
    fullCase();
    List<String> tables =
        StolenCopy.of(fixture.hub.address).tables().stream()
            .filter(table -> table.startsWith("casework."))
            .toList();
    assertThat(tables).hasSizeGreaterThan(16);
    for (Database role : List.of(fixture.hub.site, fixture.hub.courier)) {
      for (String table : tables) {
        for (String verb :
            List.of("SELECT 1 FROM " + table, "DELETE FROM " + table, "TRUNCATE " + table)) {
          refused(role, verb);
        }
      }
      refused(role, "SELECT casework.writers(1)");
      refused(role, "SELECT casework.gaps(1, now()::date)");
    }
  }

  private static void refused(Database role, String sql) {
    assertThatThrownBy(() -> role.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            DatabaseFailure.class, failure -> assertThat(failure.state()).isEqualTo("42501"));
  }
}
