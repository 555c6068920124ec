package org.tocsin.correspondents;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Reached;
import org.tocsin.channels.Destination;

class CorrespondentAudienceTest {
  private final MemberFixture people = new MemberFixture();
  private final MemberId ada = people.enrol(Circle.CORRESPONDENT, "ada@uni.example");
  private final MemberId bo = people.enrol(Circle.CORRESPONDENT, "bo@uni.example");
  private final MemberId cy = people.enrol(Circle.CORRESPONDENT, "cy@uni.example");
  private final JsonObject everybody = people.selections.of(Set.of(Circle.CORRESPONDENT));

  @AfterEach
  void close() {
    people.close();
  }

  private List<Long> members(JsonObject selection, long after, int limit) {
    return people.audience.membersAfter(people.hub.hub, selection, after, limit);
  }

  private Addressee reach(JsonObject selection, MemberId id) {
    return java.util.Objects.requireNonNull(
        people
            .audience
            .reach(people.hub.courier, selection, List.of(new Recipient(id.value(), Map.of())))
            .get(id.value()));
  }

  @Test
  void aMessageGoesToActiveMembersOfItsCircleOnly() {
    people.enrol(Circle.NETWORK, "contact@academy.example");
    MemberId drill = people.enrol(Circle.DRILL, "staff@hub.example");
    people.members.suspend(MemberFixture.OFFICER, bo);
    people.members.end(MemberFixture.OFFICER, cy);
    assertThat(members(everybody, 0, 10)).containsExactly(ada.value());
    assertThat(members(people.selections.of(Set.of(Circle.DRILL)), 0, 10))
        .containsExactly(drill.value());
    assertThat(people.audience.count(people.hub.hub, everybody)).isEqualTo(1);
  }

  @Test
  void aRefusedCountryIsNotSentAndAPageThinnedOutIsFilledUp() {
    people.wish(ada, new Wishes(Wishes.Frequency.IMMEDIATE, Set.of("XN"), Optional.empty()));
    people.wish(bo, new Wishes(Wishes.Frequency.IMMEDIATE, Set.of("XN", "XQ"), Optional.empty()));
    JsonObject norvania = people.selections.of(Set.of(Circle.CORRESPONDENT), "XN");
    assertThat(members(norvania, 0, 1)).containsExactly(cy.value());
    assertThat(members(norvania, 0, 10)).containsExactly(cy.value());
    assertThat(members(people.selections.of(Set.of(Circle.CORRESPONDENT), "XQ"), 0, 10))
        .containsExactly(ada.value(), cy.value());
    assertThat(reach(norvania, ada)).isEqualTo(new Addressee.Unreachable("declined"));
  }

  @Test
  void aSelectionDoesNotTellItsCountryNorWhetherTwoAreTheSame() {
    String one = people.selections.of(Set.of(Circle.CORRESPONDENT), "XN").encode();
    String again = people.selections.of(Set.of(Circle.CORRESPONDENT), "XN").encode();
    String other = people.selections.of(Set.of(Circle.CORRESPONDENT), "XQ").encode();
    // As a word: two letters may well stand in what is sealed.
    assertThat(one).doesNotContain("\"XN\"").isNotEqualTo(again).hasSameSizeAs(other);
  }

  @Test
  void nobodyIsMailedWhileTravelling() {
    people.wish(
        ada,
        new Wishes(
            Wishes.Frequency.IMMEDIATE,
            Set.of(),
            Optional.of(people.hub.clock.instant().plus(Duration.ofDays(3)))));
    assertThat(members(everybody, 0, 10)).containsExactly(bo.value(), cy.value());
    assertThat(reach(everybody, ada)).isEqualTo(new Addressee.Unreachable("travelling"));
    people.hub.clock.advance(Duration.ofDays(3));
    assertThat(members(everybody, 0, 10)).contains(ada.value());
    assertThat(reach(everybody, ada)).isInstanceOf(Addressee.Reachable.class);
  }

  @Test
  void whoIsEndedWhileTheFanOutRunsIsNotReached() {
    assertThat(members(everybody, 0, 10)).contains(bo.value());
    people.members.end(MemberFixture.OFFICER, bo);
    assertThat(reach(everybody, bo)).isEqualTo(new Addressee.Unreachable("ended"));
    people.members.suspend(MemberFixture.OFFICER, cy);
    assertThat(reach(everybody, cy)).isEqualTo(new Addressee.Unreachable("suspended"));
  }

  @Test
  void theHolesNameNobodyAndTheCodeProvesTheMail() {
    Addressee.Reachable reached = (Addressee.Reachable) reach(everybody, ada);
    assertThat(reached.destination()).isEqualTo(new Destination.Mailbox("ada@uni.example"));
    assertThat(reached.holes()).containsOnlyKeys("portal_url", "code");
    assertThat(reached.holes().get("portal_url")).endsWith("/portal");
    String code = String.valueOf(reached.holes().get("code"));
    assertThat(
            people.codes.check(code.toLowerCase(java.util.Locale.ROOT), people.hub.clock.instant()))
        .contains(java.time.LocalDate.of(2026, 6, 15));
    assertThat(people.codes.check("AAAAA-BBBBB-CCCCC", people.hub.clock.instant())).isEmpty();
    assertThat(String.valueOf(((Addressee.Reachable) reach(everybody, bo)).holes().get("code")))
        .isNotEqualTo(code);
  }

  @Test
  void aStopGoesToWhomItsMessageReachedWhateverTheyAreNow() {
    JsonObject stop = Reached.selection(List.of(new BroadcastId(broadcast())));
    people.members.end(MemberFixture.OFFICER, ada);
    people.members.suspend(MemberFixture.OFFICER, bo);
    people.wish(
        cy,
        new Wishes(
            Wishes.Frequency.DAILY,
            Set.of("XN"),
            Optional.of(people.hub.clock.instant().plus(Duration.ofDays(30)))));
    assertThat(members(stop, 0, 10)).containsExactly(ada.value(), bo.value());
    assertThat(members(stop, ada.value(), 10)).containsExactly(bo.value());
    assertThat(people.audience.count(people.hub.hub, stop)).isEqualTo(2);
    assertThat(reach(stop, ada)).isInstanceOf(Addressee.Reachable.class);
    assertThat(reach(stop, bo)).isInstanceOf(Addressee.Reachable.class);
    assertThat(reach(stop, cy)).isInstanceOf(Addressee.Reachable.class);
  }

  /** One that reached Ada, may have reached Bo, and was withheld from Cy. */
  private long broadcast() {
    long id =
        people.hub.hub.get(
            """
            INSERT INTO engine.broadcast (channel, lane, kind, title, audience, selection, in_doubt_policy, not_before,
              expires_at)
            VALUES ('email', 1, 'test', 'test', 'correspondents', '{}', 'LIST', now(), now()) RETURNING id
            """,
            row -> row.getLong("id"));
    people.hub.hub.run(
        """
        INSERT INTO engine.segment (broadcast, no, lane, channel, size, upto, sent_hi) VALUES ($1, 1, 1, 'email', 3, 2, 2)
        """,
        id);
    people.hub.hub.run(
        """
        INSERT INTO engine.recipient (broadcast, segment, ord, target)
        SELECT $1, 1, i::smallint, t FROM unnest($2::bigint[]) WITH ORDINALITY AS r(t, i)
        """,
        id,
        new Long[] {ada.value(), bo.value(), cy.value()});
    people.hub.hub.run(
        """
        INSERT INTO engine.outcome (broadcast, segment, ord, result, attempt)
        VALUES ($1, 1, 1, 'SENT', 1), ($1, 1, 3, 'WITHHELD', 0)
        """,
        id);
    return id;
  }
}
