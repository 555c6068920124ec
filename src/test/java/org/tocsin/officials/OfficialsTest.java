package org.tocsin.officials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.officials.OfficialFixture.details;
import static org.tocsin.testing.Refusals.code;
import static org.tocsin.testing.Refusals.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.audit.AuditEntry;

/** The directory: who is in it, who is offered, and how old an entry may be. */
class OfficialsTest {
  private final OfficialFixture fixture = new OfficialFixture();
  private final Officials officials = fixture.officials;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anOfficialHoldsAllThatALetterNeeds() {
    OfficialDetails given =
        new OfficialDetails(
            " Minister of Justice ",
            "Dr A. Sorel",
            "Ministry of Justice",
            "XN",
            "3 Independence Square\r\n\r\n 10100 Velmora ",
            "Justice@NORVANIA.example",
            "RU-ru",
            "Ваше Превосходительство!",
            "Your Excellency,");
    OfficialId id = officials.create(given, fixture.officer.id(), fixture.words).id();
    Official read = officials.get(id);
    assertThat(read.addressee())
        .containsExactly(
            "Dr A. Sorel",
            "Minister of Justice",
            "Ministry of Justice",
            "3 Independence Square",
            "10100 Velmora");
    assertThat(read.email()).contains("Justice@norvania.example");
    assertThat(read.details().language()).isEqualTo("ru-RU");
    assertThat(read.salutation("ru")).contains("Ваше Превосходительство!");
    assertThat(read.salutation("en-GB")).contains("Your Excellency,");
    assertThat(read.salutation("fr")).isEmpty();
    assertThat(read.checkedOn()).isEqualTo(LocalDate.of(2026, 6, 15));
    assertThat(officials.find(new OfficialId(999))).isEmpty();
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    OfficialDetails wrong =
        new OfficialDetails(
            " ",
            "a\nb",
            "\u0000",
            "XX",
            "1\n2\n3\n4\n5\n6\n7\n8\n9",
            "nobody@",
            "xq",
            "",
            "x".repeat(301));
    assertThatThrownBy(() -> officials.create(wrong, fixture.officer.id(), fixture.words))
        .satisfies(
            fields(
                "office",
                "holder",
                "body",
                "country",
                "postal_address",
                "email",
                "language",
                "salutation",
                "english_salutation"));
    assertThat(officials.all(fixture.words)).isEmpty();
  }

  @Test
  void anEmailAddressMayBeMissing() {
    OfficialDetails byPost =
        new OfficialDetails(
            "Prosecutor", "", "Prosecution", "XQ", "1 Street", " ", "ar", "سعادة", "Sir or Madam,");
    assertThat(officials.create(byPost, fixture.officer.id(), fixture.words).email()).isEmpty();
  }

  @Test
  void twoEditsOfOneVersionDoNotOverwriteEachOther() {
    Official read = fixture.written("Minister", "XN");
    Official edited =
        officials.edit(
            read.id(),
            read.version(),
            details("Minister of Justice", "XN"),
            fixture.officer.id(),
            fixture.words);
    assertThat(edited.version()).isEqualTo(read.version() + 1);
    assertThatThrownBy(
            () ->
                officials.edit(
                    read.id(),
                    read.version(),
                    details("Somebody", "XN"),
                    fixture.officer.id(),
                    fixture.words))
        .satisfies(code("version_changed"));
    assertThatThrownBy(() -> officials.checked(read.id(), read.version(), fixture.officer.id()))
        .satisfies(code("version_changed"));
    assertThat(officials.get(read.id())).isEqualTo(edited);
  }

  @Test
  void anEntryIsOverdueAfterNinetyDaysAndAnEditDoesNotCheckIt() {
    Official read = fixture.written("Minister", "XN");
    fixture.hub.clock.advance(Duration.ofDays(90));
    assertThat(read.overdue(officials.today())).isFalse();
    fixture.hub.clock.advance(Duration.ofDays(1));
    assertThat(read.overdue(officials.today())).isTrue();
    Official edited =
        officials.edit(
            read.id(), read.version(), read.details(), fixture.officer.id(), fixture.words);
    assertThat(edited.overdue(officials.today())).isTrue();
    Official checked = officials.checked(read.id(), edited.version(), fixture.officer.id());
    assertThat(checked.overdue(officials.today())).isFalse();
    assertThat(checked.checkedOn()).isEqualTo(officials.today());
  }

  @Test
  void aRetiredOfficialIsKeptAndNoLongerOffered() {
    Official one = fixture.written("Minister", "XN");
    Official other = fixture.written("Ambassador", "XN");
    fixture.written("Prosecutor", "XQ");
    officials.retire(one.id(), one.version(), fixture.officer.id());
    assertThat(officials.list("XN")).containsExactly(other);
    assertThat(officials.get(one.id()).retired()).isTrue();
    assertThat(officials.all(fixture.words))
        .hasSize(3)
        .last()
        .extracting(Official::id)
        .isEqualTo(one.id());
    officials.bringBack(one.id(), one.version() + 1, fixture.officer.id());
    assertThat(officials.list("XN")).extracting(Official::id).containsExactly(other.id(), one.id());
    assertThatThrownBy(
            () ->
                fixture.hub.hub.run(
                    "DELETE FROM officials.official WHERE id = $1", one.id().value()))
        .hasMessageContaining("never rewritten");
  }

  @Test
  void searchReadsWordsOfAnyCaseAndNarrowsByCountry() {
    Official one = fixture.written("Ministér of Justice", "XN");
    Official other = fixture.written("Prosecutor", "XQ");
    assertThat(fixture.search.find("minister VELMORA", "", fixture.viewer, fixture.words))
        .containsExactly(one);
    assertThat(fixture.search.find("qasmar", "", fixture.viewer, fixture.words))
        .containsExactly(other);
    assertThat(fixture.search.find("", "XN", fixture.viewer, fixture.words)).containsExactly(one);
    assertThat(fixture.search.find("justice", "", fixture.viewer, fixture.words))
        .containsExactly(one, other);
    assertThat(fixture.search.find("prosecutor", "XN", fixture.viewer, fixture.words)).isEmpty();
  }

  @Test
  void theAuditHoldsNumbersAndVerbsOnly() {
    Official one = fixture.written("Minister", "XN");
    officials.checked(one.id(), one.version(), fixture.officer.id());
    List<AuditEntry> entries = fixture.hub.audit.latest(one.id().subject(), Long.MAX_VALUE, 10);
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactlyInAnyOrder("official.created", "official.checked");
    assertThat(entries)
        .extracting(AuditEntry::detail)
        .noneMatch(detail -> detail.contains("Minister") || detail.contains("XN"));
  }
}
