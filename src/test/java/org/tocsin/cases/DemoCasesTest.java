package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.language.Languages;
import org.tocsin.testing.StolenCopy;

/** The demonstration's cases: as many as promised, the same each time, and every text marked. */
class DemoCasesTest {
  private final CaseFixture fixture = new CaseFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void thereAreFortyAndEachPrivateTextHasAWordOfItsOwn() {
    DemoCases demo =
        new DemoCases(
            fixture.hub.hub,
            fixture.hub.keyring.sealer(),
            fixture.hub.audit,
            Languages.load().in("en"));
    demo.write(fixture.officer.id(), fixture.colleague);
    demo.write(fixture.officer.id(), fixture.colleague);
    assertThat(fixture.cases.counts(fixture.officer.id()))
        .containsAllEntriesOf(Map.of(WorkState.ACTIVE, 25L, WorkState.RESOLVED, 15L));
    List<CaseFile> all =
        fixture.cases.list(fixture.officer.id(), Optional.empty(), Long.MAX_VALUE, 100);
    assertThat(all).hasSize(40);
    assertThat(all)
        .filteredOn(
            file ->
                fixture.cases.steps(file.id()).stream()
                    .anyMatch(step -> step.from() == WorkState.RESOLVED))
        .hasSize(2);

    List<String> canaries = DemoCases.canaries();
    assertThat(canaries).hasSizeGreaterThan(600).doesNotHaveDuplicates();
    CaseSearch search = new CaseSearch(fixture.book);
    var found = new HashSet<CaseId>();
    for (String canary : List.of(canaries.get(0), canaries.get(11), canaries.get(700 - 24))) {
      var hits = search.find(canary, fixture.officer.id(), fixture.words);
      assertThat(hits).as(canary).hasSize(1);
      found.add(hits.getFirst().id());
    }
    assertThat(found).hasSize(2);
    assertThat(search.find(canaries.get(11), fixture.outsider.id(), fixture.words)).isEmpty();
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    assertThat(canaries).noneMatch(copy::shows);
  }
}
