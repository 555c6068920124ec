package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Forgetting;
import org.tocsin.correspondents.MemberAddressChanges.Outcome;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.testing.OpenedCopy;
import org.tocsin.testing.StolenCopy;

/** A member moves to another mailbox when both have said yes, and is signed out everywhere. */
class MemberAddressChangesTest {
  private static final String OLD = "ada.ahorn@uni.example";
  private static final EmailAddress NEW = EmailAddress.parse("ada@institute.example").orElseThrow();

  private final MemberFixture people = new MemberFixture();
  private final Forgetting forgetting = new Forgetting(people.hub.keyring.sealer());
  private final MemberAddressChanges changes =
      new MemberAddressChanges(
          people.hub.hub,
          people.vault,
          people.hub.keyring.tokens(),
          people.mail,
          people.budget,
          forgetting,
          people.hub.audit,
          people.hub.clock);
  private final MemberId ada = people.enrol(Circle.NETWORK, OLD);

  @AfterEach
  void close() {
    people.close();
  }

  private String proof(String side) {
    return people.last("member_address_" + side).token();
  }

  private String address() {
    return people.member(ada).address().address();
  }

  private long sessions() {
    return people.hub.hub.list("SELECT FROM members.session", row -> row).size();
  }

  private void signIn() {
    people.hub.hub.inTransaction(
        tx ->
            new DoorRepository()
                .insertSession(
                    tx,
                    Secrets.digest(Secrets.random()),
                    ada,
                    people.hub.clock.instant(),
                    people.hub.clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void bothMailboxesProveItAndThenEverySessionEndsAndTheOldOneIsTold() {
    signIn();
    assertThat(changes.ask(ada, NEW)).isTrue();
    assertThat(people.last("member_address_old").to()).isEqualTo(OLD);
    assertThat(people.last("member_address_new").to()).isEqualTo(NEW.address());
    assertThat(changes.look(proof("new")).orElseThrow().newAddress()).isEqualTo(NEW);
    String fromTheOld = proof("old");
    assertThat(changes.prove(proof("new"))).isInstanceOf(Outcome.OtherMissing.class);
    assertThat(changes.prove(proof("new"))).isInstanceOf(Outcome.OtherMissing.class);
    assertThat(address()).isEqualTo(OLD);
    assertThat(sessions()).isOne();

    assertThat(changes.prove(fromTheOld)).isInstanceOf(Outcome.Changed.class);
    assertThat(address()).isEqualTo(NEW.address());
    assertThat(sessions()).isZero();
    assertThat(people.last("member_address_changed").to()).isEqualTo(OLD);
    assertThat(people.last("member_address_changed").content()).doesNotContain(NEW.address());
    assertThat(changes.prove(fromTheOld)).isInstanceOf(Outcome.Expired.class);
    assertThat(changes.waitingUntil(ada)).isEmpty();
    assertThat(people.known.find(people.hub.hub, NEW).map(Member::id)).contains(ada);
    assertThat(people.actions(ada.subject()))
        .containsSubsequence("member.address_change_asked", "member.address_changed");
  }

  @Test
  void theEntryInTheAcademysListStays() {
    people.list("Helga Vogel,hv@nas.example,NAS,Botany,1999");
    people.apply("Helga Vogel", "helga@home.example");
    people.prove();
    people.links.answer(people.last("application_vouch").token(), true);
    MemberId helga = people.decisions.accept(MemberFixture.OFFICER, people.latest().id());
    changes.ask(helga, NEW);
    String fromTheOld = proof("old");
    changes.prove(proof("new"));
    changes.prove(fromTheOld);
    assertThat(people.member(helga).address()).isEqualTo(NEW);
    assertThat(people.member(helga).roster()).isPresent();
  }

  @Test
  void aLaterWishEndsTheEarlierOnesLinksAndTwoDaysEndThemAll() {
    changes.ask(ada, NEW);
    String first = proof("new");
    changes.ask(ada, EmailAddress.parse("other@institute.example").orElseThrow());
    assertThat(changes.look(first)).isEmpty();
    assertThat(changes.prove(first)).isInstanceOf(Outcome.Expired.class);
    changes.prove(proof("new"));
    people.hub.clock.advance(MemberAddressChanges.WAITS);
    assertThat(changes.prove(proof("old"))).isInstanceOf(Outcome.Expired.class);
    assertThat(address()).isEqualTo(OLD);
    new MemberHousekeeping(people.hub.hub, people.vault, people.hub.clock).round();
    assertThat(people.hub.hub.list("SELECT FROM members.address_change", row -> row)).isEmpty();
  }

  @Test
  void anAddressThatAnotherMemberHasIsAskedLikeAnyAndNeverTaken() {
    people.enrol(Circle.NETWORK, NEW.address());
    assertThat(changes.ask(ada, NEW)).isTrue();
    String fromTheOld = proof("old");
    changes.prove(proof("new"));
    assertThat(changes.prove(fromTheOld)).isInstanceOf(Outcome.Taken.class);
    assertThat(address()).isEqualTo(OLD);
  }

  @Test
  void onlyAnActiveMemberMovesAndOnlyToAnotherAddress() {
    assertThat(changes.ask(ada, EmailAddress.parse("ADA.Ahorn@uni.example").orElseThrow()))
        .isFalse();
    changes.ask(ada, NEW);
    String fromTheOld = proof("old");
    changes.prove(proof("new"));
    people.members.suspend(MemberFixture.OFFICER, ada);
    assertThat(changes.look(fromTheOld)).isEmpty();
    assertThat(changes.prove(fromTheOld)).isInstanceOf(Outcome.Expired.class);
    assertThatThrownBy(() -> changes.ask(ada, NEW)).isInstanceOf(Conflict.class);
    assertThat(changes.prove("nonsense")).isInstanceOf(Outcome.Expired.class);
  }

  @Test
  void nobodysMailboxIsFloodedAndEachUsesUpTheirOwn() {
    for (int i = 0; i < 3; i++) {
      assertThat(changes.ask(ada, NEW)).isTrue();
    }
    assertThatThrownBy(() -> changes.ask(ada, NEW)).isInstanceOf(TooMany.class);
    MemberId bo = people.enrol(Circle.NETWORK, "bo@uni.example");
    int before = people.kinds().size();
    assertThat(changes.ask(bo, NEW)).isTrue();
    assertThat(people.kinds()).hasSize(before + 2);
  }

  @Test
  void strangersAtTheDoorUseUpNothingOfAChange() {
    for (int i = 0; i < 30; i++) {
      people.portalLinks.ask(NEW, Asker.stranger(SourceNetwork.of("198.51." + i + ".1")));
      people.portalLinks.ask(
          EmailAddress.parse(OLD).orElseThrow(),
          Asker.stranger(SourceNetwork.of("198.51." + i + ".1")));
    }
    while (people.portalLinks.round()) {
      // as many as there are
    }
    assertThat(changes.ask(ada, NEW)).isTrue();
    changes.prove(proof("old"));
    assertThat(changes.prove(proof("new"))).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void neitherAddressIsReadableWhileItWaitsAndNeitherIsLeftOnceTheyAreErased() {
    changes.ask(ada, NEW);
    StolenCopy copy = StolenCopy.of(people.hub.address);
    assertThat(List.of(OLD, NEW.address(), "institute.example")).noneMatch(copy::shows);
    String fromTheOld = proof("old");
    changes.prove(proof("new"));
    changes.prove(fromTheOld);
    changes.ask(ada, EmailAddress.parse("third@institute.example").orElseThrow());
    assertThat(opened().shows("third@institute.example")).isTrue();
    new MemberErasure(
            people.hub.hub, people.vault, forgetting, List.of(), people.hub.audit, people.hub.clock)
        .erase("person", ada);
    OpenedCopy left = opened();
    assertThat(List.of(OLD, NEW.address(), "third@institute.example")).noneMatch(left::shows);
  }

  private OpenedCopy opened() {
    return OpenedCopy.of(
        people.hub.hub,
        people.hub.keyring.sealer(),
        Stream.concat(MemberVault.sealedTables().stream(), Broadcasts.sealedTables().stream())
            .toList());
  }
}
