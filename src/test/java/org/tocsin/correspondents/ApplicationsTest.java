package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.RequestGate;
import org.tocsin.access.WishTally.What;
import org.tocsin.correspondents.Application.Reason;
import org.tocsin.correspondents.Application.State;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.TooMany;

class ApplicationsTest {
  private static final String ROSTER_ADDRESS = "h.vogel@academy-north.example";
  private static final String TYPED = "helga@home.example";

  private final MemberFixture people = new MemberFixture();

  @AfterEach
  void close() {
    people.close();
  }

  private void listHelga() {
    people.list("Helga Vogel," + ROSTER_ADDRESS + ",NAS,Chemistry,1999");
  }

  @Test
  void fromTheFormToTheWelcome() {
    listHelga();
    people.apply("Vogel, Helga", TYPED);
    assertThat(people.latest().state()).isEqualTo(State.APPLIED);
    assertThat(people.last("application_proof").to()).isEqualTo(TYPED);
    people.prove();
    assertThat(people.latest().state()).isEqualTo(State.ROSTER_MATCHED);
    assertThat(people.links.answer(people.last("application_vouch").token(), true)).isTrue();
    Application verified = people.latest();
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    MemberId id = people.decisions.accept(MemberFixture.OFFICER, verified.id());
    assertThat(people.latest().state()).isEqualTo(State.ACCEPTED);
    assertThat(people.member(id).state()).isEqualTo(MemberState.ACTIVE);
    assertThat(people.member(id).circle()).isEqualTo(Circle.CORRESPONDENT);
    assertThat(people.last("member_welcome").to()).isEqualTo(TYPED);
    assertThat(people.actions(verified.id().subject()))
        .containsExactly(
            "application.received",
            "application.address_proved",
            "application.roster_matched",
            "application.verified",
            "application.accepted");
    assertThat(people.actions(id.subject())).containsExactly("member.enrolled");
  }

  @Test
  void theQuestionGoesToTheRostersAddressAndNeverToTheTypedOne() {
    listHelga();
    people.apply("Helga Vogel", "stranger@elsewhere.example");
    people.prove();
    MemberFixture.Queued question = people.last("application_vouch");
    assertThat(question.to()).isEqualTo(ROSTER_ADDRESS);
    assertThat(question.address()).isEqualTo("stranger@elsewhere.example");
    assertThat(people.links.answer(question.token(), false)).isTrue();
    assertThat(people.latest().state()).isEqualTo(State.REFUSED);
    assertThat(people.latest().reason()).contains(Reason.DISOWNED);
    assertThat(people.links.answer(question.token(), true)).isFalse();
  }

  @Test
  void whoeverTypesAnothersAddressGetsNowhereAndBothSpellingsAreOne() {
    listHelga();
    people.apply("Helga Vogel", "victim@home.example");
    people.apply("Helga Vogel", "Victim@HOME.example");
    assertThat(people.kinds()).containsExactly("application_proof", "application_proof");
    assertThat(people.decisions.page(List.of(State.values()), Long.MAX_VALUE, 5)).hasSize(1);
    people.hub.clock.advance(Duration.ofDays(7));
    assertThat(people.links.provable(people.last("application_proof").token())).isEmpty();
    assertThat(people.prove(people.last("application_proof").token())).isFalse();
    assertThat(people.latest().state()).isEqualTo(State.APPLIED);
  }

  @Test
  void twoPeopleOfOneNameGoToAPersonWhoStillAsksTheRoster() {
    people.list(
        "Jan Smit,jan.smit@one.example,NAS,Physics,1990",
        "Jan Smit,j.smit@two.example,NAS,Botany,2004");
    people.apply("Jan Smit", "jan.smit@one.example");
    people.prove();
    Application waiting = people.latest();
    assertThat(waiting.state()).isEqualTo(State.NEEDS_REVIEW);
    assertThat(waiting.reason()).contains(Reason.SEVERAL_ENTRIES);
    List<ApplicationDecisions.Candidate> candidates =
        people.decisions.open(MemberFixture.OFFICER, waiting.id()).candidates();
    assertThat(candidates).hasSize(2);
    ApplicationDecisions.Candidate botanist =
        candidates.stream().filter(one -> !one.sameAddress()).findFirst().orElseThrow();
    people.decisions.choose(MemberFixture.OFFICER, waiting.id(), botanist.id());
    assertThat(people.latest().state()).isEqualTo(State.ROSTER_MATCHED);
    assertThat(people.last("application_vouch").to()).isEqualTo("j.smit@two.example");
    assertThatThrownBy(() -> people.decisions.accept(MemberFixture.OFFICER, waiting.id()))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void whoIsNotOnTheRosterGoesToAPerson() {
    listHelga();
    people.apply("Nobody Known", TYPED);
    people.prove();
    assertThat(people.latest().reason()).contains(Reason.NO_ENTRY);
    people.decisions.refuse(MemberFixture.OFFICER, people.latest().id());
    assertThat(people.latest().state()).isEqualTo(State.REFUSED);
    assertThat(people.kinds()).containsExactly("application_proof");
  }

  @Test
  void whoAppliesTwiceHasOneApplicationAndOneLetterProvesIt() {
    listHelga();
    people.apply("Helga Vogel", TYPED);
    String first = people.last("application_proof").token();
    people.apply("Helga Vogel", TYPED);
    people.apply("Helga Vogel", TYPED);
    assertThat(people.kinds()).hasSize(3);
    people.prove();
    assertThat(people.prove(first)).isFalse();
    people.apply("Helga Vogel", TYPED);
    assertThat(people.kinds()).hasSize(4).endsWith("application_vouch");
    assertThat(people.latest().state()).isEqualTo(State.ROSTER_MATCHED);
  }

  /**
   * A stranger who applies with somebody's address neither ends their letter nor speaks for them.
   */
  @Test
  void aLetterStandsForWhatWasTypedWhenItWasAskedForAndCanBePutRight() {
    listHelga();
    people.apply("Helga Vogel", TYPED);
    String hers = people.last("application_proof").token();
    for (int i = 0; i < 20; i++) {
      people.applications.apply(
          ApplicationForm.of(
              "Somebody Else", TYPED, "NAE", "en", people.languages, people.languages.in("en")),
          SourceNetwork.of("198.51." + i + ".1"));
    }
    people.work();
    assertThat(people.kinds()).hasSize(5);
    String last = people.last("application_proof").token();
    assertThat(people.links.provable(hers).orElseThrow().name()).isEqualTo("Helga Vogel");
    assertThat(people.links.provable(last).orElseThrow().name()).isEqualTo("Somebody Else");

    assertThat(people.links.prove(last, " Helga Vogel ", Optional.of(Academy.NAS))).isTrue();
    people.work();
    assertThat(people.latest().name()).isEqualTo("Helga Vogel");
    assertThat(people.latest().academy()).isEqualTo(Academy.NAS);
    assertThat(people.latest().state()).isEqualTo(State.ROSTER_MATCHED);
  }

  @Test
  void oneEntryOfTheRosterIsClaimedOnce() {
    listHelga();
    people.apply("Helga Vogel", TYPED);
    people.prove();
    people.apply("Helga Vogel", "second@home.example");
    people.prove();
    assertThat(people.latest().state()).isEqualTo(State.NEEDS_REVIEW);
    assertThat(people.latest().reason()).contains(Reason.ENTRY_TAKEN);
    assertThat(people.kinds().stream().filter("application_vouch"::equals)).hasSize(1);
  }

  @Test
  void aMemberWhoAppliesAgainIsRemindedAndNothingChanges() {
    people.enrol(Circle.CORRESPONDENT, TYPED);
    people.apply("Helga Vogel", TYPED);
    people.apply("Helga Vogel", TYPED);
    assertThat(people.kinds())
        .containsExactly("member_welcome", "member_already", "member_already");
    assertThat(people.decisions.page(List.of(State.values()), Long.MAX_VALUE, 5)).isEmpty();
  }

  @Test
  void whatANetworkAsksForBeyondItsPaceWaitsAndIsNotLost() {
    for (int i = 0; i < 25; i++) {
      people.apply("Helga Vogel", "person" + i + "@home.example");
    }
    assertThat(people.kinds()).hasSize(20);
    people.apply("Helga M. Vogel", "person22@home.example");
    assertThat(people.tally.lately().waiting()).as("one waiting letter an address").isEqualTo(5);
    assertThat(people.tally.counted(What.POSTPONED)).isEqualTo(6);
    people.hub.clock.advance(Duration.ofHours(1));
    people.work();
    assertThat(people.letters().stream().map(MemberFixture.Queued::to))
        .hasSize(25)
        .endsWith("person23@home.example", "person24@home.example");
  }

  @Test
  void whatIsRefusedAndWhatADaysLettersAnswerAlreadyIsCounted() {
    for (int i = 0; i < RequestGate.AN_HOUR; i++) {
      people.leave("Helga Vogel", TYPED);
    }
    assertThatThrownBy(() -> people.leave("Helga Vogel", TYPED)).isInstanceOf(TooMany.class);
    assertThat(people.tally.counted(What.NETWORK)).isOne();
    people.work();
    assertThat(people.letters()).hasSize(4);
    assertThat(people.tally.counted(What.SPENT)).isEqualTo(20 - 4);
    people.tally.round();
    assertThat(people.tally.lately().of(What.SPENT)).isEqualTo(20 - 4);
    assertThat(people.tally.lately().waiting()).as("one waiting letter an address").isOne();
  }

  @Test
  void noSubjectNamesAPersonACountryOrAPurpose() {
    listHelga();
    people.apply("Helga Vogel", TYPED);
    people.prove();
    assertThat(people.letters())
        .allSatisfy(
            letter ->
                assertThat(letter.content()).doesNotContainIgnoringCase("vogel", "home.example"));
  }
}
