package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.correspondents.RosterImport.Summary;
import org.tocsin.platform.csv.RefusedRow;
import org.tocsin.platform.errors.HubException.Invalid;

class RosterImportTest {
  private static final String FILE =
      """
      Year,Section,Academy,E-mail hidden,Email,Name
      1999,Chemistry,nas,x,ada@one.example,Ada Ahorn
      2001,,NAE,x,bo@two.example,Bo Birke
      2001,,NAX,x,cy@three.example,Cy Zeder
      nine,,NAM,x,di@four.example,Di Dattel
      2003,,NAM,x,not-an-address,Ed Eiche
      2003,,NAM,x,fe@five.example,
      1999,Chemistry,NAS,x,ADA@one.example,Ada Ahorn
      """;

  private final MemberFixture people = new MemberFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void rowsThatCannotBeUsedAreNamedWithLineAndReason() {
    Summary summary = people.roster.run("system", FILE);
    assertThat(summary.rows()).isEqualTo(7);
    assertThat(summary.imported()).isEqualTo(2);
    assertThat(summary.duplicates()).isEqualTo(1);
    assertThat(summary.refused()).extracting(RefusedRow::line).containsExactly(4L, 5L, 6L, 7L);
    assertThat(summary.refused())
        .extracting(RefusedRow::reason)
        .containsExactly(
            "the academy is not one of NAS, NAE, NAM",
            "the year is not one from 1863 to 2027",
            "the e-mail address is missing or cannot be written to",
            "the name is missing or longer than 120");
  }

  @Test
  void aFileImportedTwiceChangesNothing() {
    people.roster.run("system", FILE);
    Summary again = people.roster.run("system", FILE);
    assertThat(again.imported()).isZero();
    assertThat(again.updated()).isZero();
    assertThat(again.unchanged()).isEqualTo(2);
    Summary corrected = people.roster.run("system", FILE.replace("Ada Ahorn", "Ada von Ahorn"));
    assertThat(corrected.updated()).isEqualTo(1);
    assertThat(people.roster.listings())
        .containsExactlyInAnyOrder(new Listing(Academy.NAS, 1), new Listing(Academy.NAE, 1));
  }

  @Test
  void severalThousandRowsAreOneImport() {
    StringBuilder file = new StringBuilder("name,email,academy,section,year\n");
    for (int i = 0; i < 5_000; i++) {
      file.append("Person ").append(i).append(",p").append(i).append("@uni.example,NAM,,2000\n");
    }
    assertThat(people.roster.run("system", file.toString()).imported()).isEqualTo(5_000);
    assertThat(people.actions("roster")).containsExactly("roster.imported");
  }

  @Test
  void aFileWithoutItsHeadingsIsRefusedWhole() {
    assertThatThrownBy(() -> people.roster.run("system", "name,email\nAda,ada@one.example\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("academy, section, year");
    assertThat(people.roster.listings()).isEmpty();
  }
}
