package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Forgetting;
import org.tocsin.broadcasts.Reached;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.testing.OpenedCopy;
import org.tocsin.testing.StolenCopy;

/** Whoever is erased is nowhere any more, keys or no keys; their number stays. */
class MemberErasureTest {
  private static final String HOME = "helga.vogel@home.example";

  private final MemberFixture people = new MemberFixture();
  private final MemberErasure erasure =
      new MemberErasure(
          people.hub.hub,
          people.vault,
          new Forgetting(people.hub.keyring.sealer()),
          List.of(),
          people.hub.audit,
          people.hub.clock);

  @AfterEach
  void close() {
    people.close();
  }

  /** Applied, proved, vouched for and accepted; with wishes, and a link under way. */
  private MemberId helga() {
    people.list("Helga Vogel,hv@nas.example,NAS,Botany,1999");
    people.apply("Helga Vogel", HOME);
    people.prove();
    people.links.answer(people.last("application_vouch").token(), true);
    MemberId id = people.decisions.accept(MemberFixture.OFFICER, people.latest().id());
    people.wish(id, new Wishes(Wishes.Frequency.DAILY, Set.of("XN"), Optional.empty()));
    people.portalLinks.ask(
        EmailAddress.parse(HOME).orElseThrow(),
        new Asker(MemberFixture.HOME, Secrets.random(), List.of()));
    return id;
  }

  private OpenedCopy opened(boolean withTheAcademysList) {
    return OpenedCopy.of(
        people.hub.hub,
        people.hub.keyring.sealer(),
        Stream.concat(MemberVault.sealedTables().stream(), Broadcasts.sealedTables().stream())
            .filter(table -> withTheAcademysList || !table.name().equals("members.roster_entry"))
            .toList());
  }

  @Test
  void nothingOfThemIsLeftEvenForWhoHasTheKeys() {
    MemberId id = helga();
    assertThat(opened(false).shows(HOME)).isTrue();
    assertThat(opened(false).shows("Helga Vogel")).isTrue();

    erasure.erase("person", id);
    assertThat(opened(true).shows(HOME)).isFalse();
    assertThat(opened(false).shows("Helga Vogel")).isFalse();
    assertThat(opened(false).shows("[\"XN\"]")).isFalse();
    StolenCopy copy = StolenCopy.of(people.hub.address);
    assertThat(List.of(HOME, "vogel", "helga")).noneMatch(copy::shows);
    assertThat(people.actions(id.subject()))
        .containsSubsequence("member.enrolled", "member.erased");
    assertThat(opened(true).shows("hv@nas.example")).as("the academy's own list").isTrue();
  }

  @Test
  void aKeyedHashKeepsMailFromTheAddressAndTheEntryIsFreeAgain() {
    MemberId id = helga();
    erasure.erase(MemberFixture.OFFICER, id);
    assertThat(
            people.hub.hub.list(
                "SELECT reason FROM engine.suppression WHERE address_hash = ANY($1)",
                row -> row.getString("reason"),
                (Object) people.vault.hashes(EmailAddress.parse(HOME).orElseThrow())))
        .containsExactly("ERASED");
    people.apply("Helga Vogel", "hv@nas.example");
    people.prove();
    assertThat(people.latest().state()).isEqualTo(Application.State.ROSTER_MATCHED);
  }

  @Test
  void theDeskDoesNotFindThemAndNothingMoreCanBeDone() {
    MemberId id = people.enrol(Circle.NETWORK, "ada@uni.example");
    MemberId other = people.enrol(Circle.NETWORK, "bo@uni.example");
    erasure.erase(MemberFixture.OFFICER, id);
    assertThat(people.members.page(Members.Filter.ALL, Long.MAX_VALUE, 10))
        .extracting(Member::id)
        .containsExactly(other);
    assertThat(people.members.overview().all()).isOne();
    assertThat(
            people.members.find(
                MemberFixture.OFFICER, EmailAddress.parse("ada@uni.example").orElseThrow()))
        .isEmpty();
    assertThatThrownBy(() -> people.members.look(id)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> people.members.resume(MemberFixture.OFFICER, id))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> erasure.erase("person", id)).isInstanceOf(NotFound.class);
  }

  @Test
  void theyAreReachedNeitherByAMessageNorByAStop() {
    MemberId id = people.enrol(Circle.NETWORK, "ada@uni.example");
    erasure.erase("person", id);
    Recipient recipient = new Recipient(id.value(), Map.of());
    for (var selection :
        List.of(
            people.selections.of(Set.of(Circle.NETWORK)),
            Reached.selection(List.of(new BroadcastId(1))))) {
      Addressee reached =
          people.audience.reach(people.hub.courier, selection, List.of(recipient)).get(id.value());
      assertThat(reached)
          .isIn(new Addressee.Unreachable("erased"), new Addressee.Unreachable("ended"));
    }
  }

  @Test
  void whatFailsHalfWayErasesNothing() {
    MemberId id = people.enrol(Circle.NETWORK, "ada@uni.example");
    MemberErasure failing =
        new MemberErasure(
            people.hub.hub,
            people.vault,
            new Forgetting(people.hub.keyring.sealer()),
            List.of(
                (tx, who) -> {
                  throw new IllegalStateException("the power is off");
                }),
            people.hub.audit,
            people.hub.clock);
    assertThatThrownBy(() -> failing.erase("person", id)).isInstanceOf(RuntimeException.class);
    assertThat(people.member(id).state()).isEqualTo(MemberState.ACTIVE);
    assertThat(people.hub.hub.list("SELECT FROM engine.suppression", row -> row)).isEmpty();
  }
}
