package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.testing.StolenCopy;

/** I19: a stolen copy of every table shows no member, no applicant and nobody of the roster. */
class SealedMembersTest {
  private static final List<String> CANARIES =
      List.of(
          "kanarienvogel",
          "papagei",
          "zeisig",
          "stieglitz",
          "canary-domain",
          "nachtigall",
          "goldammer",
          "ornithology");

  private final MemberFixture people = new MemberFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void aStolenCopyShowsNobody() {
    people.list("Helga Nachtigall,kanarienvogel@canary-domain.example,NAS,Ornithology,1999");
    people.apply("Helga Nachtigall", "papagei@canary-domain.example");
    people.prove();
    people.applications.apply(
        new ApplicationForm(
            "Otto Goldammer",
            EmailAddress.parse("zeisig@canary-domain.example").orElseThrow(),
            Academy.NAE,
            "en"),
        MemberFixture.HOME);
    MemberId member = people.enrol(Circle.NETWORK, "stieglitz@canary-domain.example");
    people.wish(member, new Wishes(Wishes.Frequency.DAILY, Set.of("XN"), Optional.empty()));
    StolenCopy copy = StolenCopy.of(people.hub.address);
    assertThat(copy.tables())
        .contains(
            "members.member",
            "members.roster_entry",
            "members.application",
            "members.application_request");
    assertThat(copy.shows("application.roster_matched")).isTrue();
    assertThat(CANARIES).noneMatch(copy::shows);
    assertThat(copy.shows("[\"XN\"]")).isFalse();
  }
}
