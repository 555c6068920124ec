package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.correspondents.PortalDoor.Standing;
import org.tocsin.platform.address.EmailAddress;

class PortalDoorTest {
  private static final String BROWSER = "the secret of the browser that asked";

  private final MemberFixture people = new MemberFixture();
  private final MemberId ada = people.enrol(Circle.CORRESPONDENT, "ada@uni.example");
  private final PortalLinks links =
      new PortalLinks(
          people.hub.hub,
          people.vault,
          people.mail,
          people.attempts,
          people.hub.audit,
          people.hub.bus,
          people.hub.clock);
  private final PortalDoor door =
      new PortalDoor(people.hub.hub, people.vault, people.hub.audit, people.hub.clock);

  @AfterEach
  void close() {
    people.close();
  }

  private void ask(String address) {
    links.ask(EmailAddress.parse(address).orElseThrow(), BROWSER, MemberFixture.HOME);
    links.round();
  }

  private String token() {
    return people.last("portal_link").token();
  }

  private String signIn() {
    ask("Ada@UNI.example");
    return door.enter(token(), BROWSER).orElseThrow();
  }

  @Test
  void aLinkWorksOnceAndALookUsesNothingUp() {
    ask("ada@uni.example");
    assertThat(door.look(token(), BROWSER)).isEqualTo(Standing.WORKS);
    assertThat(door.look(token(), BROWSER)).isEqualTo(Standing.WORKS);
    assertThat(door.enter(token(), BROWSER).flatMap(door::resume))
        .hasValueSatisfying(session -> assertThat(session.member().id()).isEqualTo(ada));
    assertThat(door.enter(token(), BROWSER)).isEmpty();
    assertThat(door.look(token(), BROWSER)).isEqualTo(Standing.OVER);
  }

  @Test
  void whoOnlyHasTheMailGetsNowhereAndTheLinkStillWorksWhereItBelongs() {
    ask("ada@uni.example");
    assertThat(door.look(token(), "another browser")).isEqualTo(Standing.OTHER_BROWSER);
    assertThat(door.enter(token(), "another browser")).isEmpty();
    assertThat(door.enter(token(), "")).isEmpty();
    assertThat(door.enter(token(), BROWSER)).isPresent();
  }

  @Test
  void aLinkIsOverAfterTenMinutes() {
    ask("ada@uni.example");
    people.hub.clock.advance(PortalLinks.LIVES);
    assertThat(door.look(token(), BROWSER)).isEqualTo(Standing.OVER);
    assertThat(door.enter(token(), BROWSER)).isEmpty();
  }

  @Test
  void aStrangerGetsNoMailAndNobodyIsFlooded() {
    ask("stranger@uni.example");
    assertThat(people.kinds()).containsExactly("member_welcome");
    for (int i = 0; i < 5; i++) {
      ask("ada@uni.example");
    }
    assertThat(people.kinds().stream().filter("portal_link"::equals))
        .hasSize(PortalLinks.PER_ADDRESS);
  }

  @Test
  void endingAMemberEndsSessionsAndLinksAtOnce() {
    String secret = signIn();
    ask("ada@uni.example");
    assertThat(door.resume(secret)).isPresent();
    people.members.end(MemberFixture.OFFICER, ada);
    assertThat(door.resume(secret)).isEmpty();
    assertThat(door.look(token(), BROWSER)).isEqualTo(Standing.OVER);
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
