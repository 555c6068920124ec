package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.access.Door;
import org.tocsin.access.LinkStanding;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.TooMany;

class PortalDoorTest {
  private static final String BROWSER = "the secret of the browser that asked";

  private final MemberFixture people = new MemberFixture();
  private final MemberId ada = people.enrol(Circle.CORRESPONDENT, "ada@uni.example");
  private final PortalDoor door =
      new PortalDoor(people.hub.hub, people.vault, people.hub.audit, people.hub.clock);

  @AfterEach
  void close() {
    people.close();
  }

  private void ask(String address) {
    ask(address, new Asker(MemberFixture.HOME, BROWSER, List.of()));
  }

  private void ask(String address, Asker asker) {
    people.portalLinks.ask(EmailAddress.parse(address).orElseThrow(), asker);
    people.portalLinks.round();
  }

  private String token() {
    return people.last("portal_link").token();
  }

  private String signIn() {
    ask("Ada@UNI.example");
    return door.enter(token(), BROWSER).orElseThrow().secret();
  }

  @Test
  void aLinkWorksOnceAndALookUsesNothingUp() {
    ask("ada@uni.example");
    assertThat(door.look(token(), BROWSER)).isEqualTo(LinkStanding.WORKS);
    assertThat(door.look(token(), BROWSER)).isEqualTo(LinkStanding.WORKS);
    assertThat(door.enter(token(), BROWSER).map(PortalDoor.Entered::secret).flatMap(door::resume))
        .hasValueSatisfying(session -> assertThat(session.member().id()).isEqualTo(ada));
    assertThat(door.enter(token(), BROWSER)).isEmpty();
    assertThat(door.look(token(), BROWSER)).isEqualTo(LinkStanding.OVER);
  }

  @Test
  void whoOnlyHasTheMailGetsNowhereAndTheLinkStillWorksWhereItBelongs() {
    ask("ada@uni.example");
    assertThat(door.look(token(), "another browser")).isEqualTo(LinkStanding.OTHER_BROWSER);
    assertThat(door.enter(token(), "another browser")).isEmpty();
    assertThat(door.enter(token(), "")).isEmpty();
    assertThat(door.enter(token(), BROWSER)).isPresent();
  }

  @Test
  void aLinkIsOverAfterTenMinutes() {
    ask("ada@uni.example");
    people.hub.clock.advance(PortalLinks.LIVES);
    assertThat(door.look(token(), BROWSER)).isEqualTo(LinkStanding.OVER);
    assertThat(door.enter(token(), BROWSER)).isEmpty();
  }

  @Test
  void aStrangerGetsNoMailAndNobodyIsFlooded() {
    ask("stranger@uni.example");
    assertThat(people.kinds()).containsExactly("member_welcome");
    for (int i = 0; i < 15; i++) {
      ask("ada@uni.example", new Asker(network(i), "attacker", List.of()));
    }
    assertThat(people.kinds().stream().filter("portal_link"::equals)).hasSize(5);
  }

  @Test
  void whoeverTriesNobodyKeepsAMemberOut() {
    for (int i = 0; i < 15; i++) {
      ask("ada@uni.example", new Asker(network(i), "attacker", List.of()));
    }
    assertThat(door.look(token(), "a browser of hers")).isEqualTo(LinkStanding.WORKS);
    Asker hers =
        new Asker(
            MemberFixture.HOME,
            BROWSER,
            people.marks.read(people.marks.add("", Door.MEMBER, ada.value())));
    String last = token();
    ask("ada@uni.example", hers);
    assertThat(token()).as("her own browser is answered at once").isNotEqualTo(last);
    assertThat(door.look(token(), "another")).isEqualTo(LinkStanding.OTHER_BROWSER);
    assertThat(door.enter(token(), BROWSER)).isPresent();
    people.hub.clock.advance(Duration.ofHours(23));
    assertThat(door.enter(last, "a browser of hers")).isPresent();
    assertThat(door.enter(last, "a browser of hers")).isEmpty();
  }

  private Asker marked(MemberId member) {
    return new Asker(
        MemberFixture.HOME,
        BROWSER,
        people.marks.read(people.marks.add("", Door.MEMBER, member.value())));
  }

  @Test
  void aMarkOfSomebodyElseGivesNothing() {
    MemberId eve = people.enrol(Circle.CORRESPONDENT, "eve@uni.example");
    for (int i = 0; i < 20; i++) {
      ask("stranger" + i + "@uni.example", new Asker(MemberFixture.HOME, "attacker", List.of()));
    }
    ask("ada@uni.example", marked(eve));
    assertThat(people.kinds()).as("her network is used up").doesNotContain("portal_link");
    ask("eve@uni.example", marked(eve));
    ask("ada@uni.example", marked(ada));
    assertThat(people.kinds().stream().filter("portal_link"::equals))
        .as("an owner's own, from any network")
        .hasSize(2);
  }

  @Test
  void aMarkDrawnAnewIsNoNewBudget() {
    MemberId eve = people.enrol(Circle.CORRESPONDENT, "eve@uni.example");
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      try {
        ask("stranger" + i + "@uni.example", marked(eve));
      } catch (TooMany full) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(20);
    ask("ada@uni.example", marked(ada));
    assertThat(people.kinds()).as("nothing of the others'").contains("portal_link");
  }

  @Test
  void aCodeWorksOnlyWhereItWasAskedForAndForFiveTries() {
    ask("ada@uni.example");
    String code = people.last("portal_link").code();
    assertThat(door.enterByCode(code, "another browser")).isEmpty();
    assertThat(door.enterByCode(code, BROWSER)).isPresent();
    assertThat(door.enterByCode(code, BROWSER)).isEmpty();

    ask("ada@uni.example");
    String guessed = people.last("portal_link").code();
    for (int i = 0; i < 5; i++) {
      assertThat(door.enterByCode("2222222" + (i + 2), BROWSER)).isEmpty();
    }
    assertThat(door.enterByCode(guessed, BROWSER)).isEmpty();
    assertThat(door.enter(token(), BROWSER)).isPresent();
  }

  private static SourceNetwork network(int number) {
    return SourceNetwork.of("198.51." + number + ".1");
  }

  @Test
  void endingAMemberEndsSessionsAndLinksAtOnce() {
    String secret = signIn();
    ask("ada@uni.example");
    assertThat(door.resume(secret)).isPresent();
    people.members.end(MemberFixture.OFFICER, ada);
    assertThat(door.resume(secret)).isEmpty();
    assertThat(door.look(token(), BROWSER)).isEqualTo(LinkStanding.OVER);
    assertThat(rows("members.session")).isZero();
    assertThat(rows("members.sign_in_link")).isZero();
  }

  @Test
  void suspendingShutsTheDoorAndResumingDoesNotBringTheSessionBack() {
    String secret = signIn();
    people.members.suspend(MemberFixture.OFFICER, ada);
    people.members.resume(MemberFixture.OFFICER, ada);
    assertThat(door.resume(secret)).isEmpty();
    assertThat(door.resume(signIn())).isPresent();
  }

  @Test
  void aSessionEndsWhenItIsLeftAloneAndInAnyCaseAfterTwelveHours() {
    String left = signIn();
    people.hub.clock.advance(PortalDoor.IDLE);
    assertThat(door.resume(left)).isEmpty();
    String used = signIn();
    for (Duration open = Duration.ZERO;
        open.compareTo(PortalDoor.LONGEST) < 0;
        open = open.plusMinutes(30)) {
      assertThat(door.resume(used)).as("after %s", open).isPresent();
      people.hub.clock.advance(Duration.ofMinutes(30));
    }
    assertThat(door.resume(used)).isEmpty();
  }

  @Test
  void whoSignsOutIsOut() {
    String secret = signIn();
    door.signOut(secret);
    assertThat(door.resume(secret)).isEmpty();
    assertThat(people.actions(ada.subject()))
        .endsWith("member.link_issued", "member.signed_in", "member.signed_out");
  }

  private long rows(String table) {
    return people.hub.hub.get("SELECT count(*) AS n FROM " + table, row -> row.getLong("n"));
  }
}
