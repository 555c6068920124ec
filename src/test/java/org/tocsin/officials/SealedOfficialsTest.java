package org.tocsin.officials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.testing.StolenCopy;

/** I1 and I19: what a thief of the database learns of whom we write to, and the demonstration's. */
class SealedOfficialsTest {
  private final OfficialFixture fixture = new OfficialFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Official marked() {
    return fixture.officials.create(
        new OfficialDetails(
            "zeisig-office",
            "zeisig-holder",
            "zeisig-body",
            "XQ",
            "zeisig-street",
            "zeisig-mail@norvania.example",
            "fa",
            "zeisig-salutation",
            "zeisig-english"),
        fixture.officer.id(),
        fixture.words);
  }

  @Test
  void aStolenCopyShowsNobodyWeWriteTo() {
    marked();
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    assertThat(copy.tables()).contains("officials.official", "outreach.contact", "outreach.reply");
    assertThat(copy.shows("official.created")).isTrue();
    assertThat(copy.shows("zeisig")).isFalse();
    assertThat(copy.shows("norvania")).isFalse();
    String row =
        fixture.hub.hub.get(
            "SELECT o::text AS whole FROM officials.official o", one -> one.getString("whole"));
    assertThat(row).doesNotContain("XQ").doesNotContain(",fa,");
  }

  @Test
  void aNewKeySealsTheDirectoryAnew() {
    Official before = marked();
    Keyring.rotate(fixture.hub.folder.resolve("keys"));
    Keyring rotated = Keyring.open(fixture.hub.folder.resolve("keys"), false);
    Resealing resealing = new Resealing(fixture.hub.hub, rotated.sealer(), rotated.lookup());
    for (SealedTable table : Officials.sealedTables()) {
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
    Officials after =
        new Officials(fixture.hub.hub, rotated.sealer(), fixture.hub.audit, fixture.hub.clock);
    assertThat(after.get(before.id())).isEqualTo(before);
  }

  @Test
  void everyTableIsRefusedToTheSiteAndTheCourier() {
    List<String> tables = List.of("officials.official", "outreach.contact", "outreach.reply");
    for (Database role : List.of(fixture.hub.site, fixture.hub.courier)) {
      tables.stream()
          .flatMap(table -> Stream.of("SELECT 1 FROM " + table, "DELETE FROM " + table))
          .forEach(
              sql ->
                  assertThatThrownBy(() -> role.run(sql))
                      .as(sql)
                      .isInstanceOfSatisfying(
                          DatabaseFailure.class,
                          failure -> assertThat(failure.state()).isEqualTo("42501")));
    }
  }

  @Test
  void theDemonstrationHasTwentyOfficialsAndAWordInEachAddress() {
    DemoOfficials demo =
        new DemoOfficials(
            fixture.hub.hub, fixture.hub.keyring.sealer(), fixture.hub.audit, fixture.hub.clock);
    demo.write(fixture.officer.id(), fixture.words);
    demo.write(fixture.officer.id(), fixture.words);
    List<Official> all = fixture.officials.all(fixture.words);
    assertThat(all).hasSize(20);
    assertThat(all).filteredOn(Official::retired).hasSize(1);
    assertThat(all).allMatch(one -> one.details().holder().isEmpty());
    assertThat(all)
        .allMatch(one -> one.email().isEmpty() || one.details().email().endsWith(".example"));
    assertThat(all).filteredOn(one -> one.overdue(fixture.officials.today())).hasSizeBetween(2, 10);
    assertThat(DemoOfficials.canaries()).hasSize(20).doesNotHaveDuplicates();
    for (String canary : DemoOfficials.canaries()) {
      assertThat(fixture.search.find(canary, "", fixture.viewer, fixture.words))
          .as(canary)
          .hasSize(1);
    }
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    assertThat(DemoOfficials.canaries()).noneMatch(copy::shows);
  }
}
