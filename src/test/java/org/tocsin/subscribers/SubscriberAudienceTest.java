package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.channels.Destination;
import org.tocsin.platform.address.SourceNetwork;

class SubscriberAudienceTest {
  private static final JsonObject NEWS = SubscriberAudience.selection(List.of("newsletter"));
  private static final JsonObject BOTH =
      SubscriberAudience.selection(List.of("newsletter", "torture"));

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  private Addressee reach(Person person, JsonObject selection) {
    return java.util.Objects.requireNonNull(
        people
            .audience
            .reach(
                people.hub.courier,
                selection,
                List.of(new Recipient(person.id().value(), Map.of())))
            .get(person.id().value()));
  }

  private List<Long> members(JsonObject selection) {
    return people.audience.membersAfter(people.hub.hub, selection, 0, 100);
  }

  @Test
  void membersAreTheActiveOfAnyOfTheTopics() {
    Person both = people.active("a@one.example", "newsletter", "torture");
    Person torture = people.active("b@one.example", "torture");
    people.active("c@two.example", "events");
    people.signUp("pending@two.example", "newsletter");
    Person paused = people.active("d@two.example", "newsletter");
    assertThat(people.preferences.pause(people.preferencesOf(paused))).isPresent();
    Person left = people.active("e@two.example", "newsletter", "events");
    people.unsubscribes.leave(people.links.unsubscribe(left.id(), List.of("newsletter")));
    assertThat(members(BOTH)).containsExactly(both.id().value(), torture.id().value());
    assertThat(members(NEWS)).containsExactly(both.id().value());
    assertThat(people.audience.count(people.hub.hub, BOTH)).isEqualTo(2);
    assertThat(people.audience.count(people.hub.hub, NEWS)).isEqualTo(1);
  }

  @Test
  void pagesFollowEachOtherWithoutAGap() {
    for (int i = 0; i < 7; i++) {
      people.ask("p" + i + "@one.example", SourceNetwork.of("10.0." + i + ".1"), "newsletter");
    }
    people.work();
    people.letters().forEach(people::confirm);
    List<Long> all = new ArrayList<>();
    long after = 0;
    List<Long> page;
    do {
      page = people.audience.membersAfter(people.hub.hub, NEWS, after, 3);
      all.addAll(page);
      after = all.getLast();
    } while (page.size() == 3);
    assertThat(all).hasSize(7).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aPersonIsReachedWithWhatOnlyTheirMailHas() {
    Person person = people.active("Dalia@one.example", "torture", "newsletter");
    Addressee.Reachable reached = (Addressee.Reachable) reach(person, BOTH);
    assertThat(reached.destination()).isEqualTo(new Destination.Mailbox("Dalia@one.example"));
    assertThat(reached.language()).isEqualTo("en");
    assertThat(reached.holes())
        .containsEntry("name", "")
        .containsEntry("list_id", "newsletter")
        .containsEntry("list_name", "Monthly newsletter")
        .containsKeys("preferences_url", "unsubscribe_url", "unsubscribe_token");
    assertThat(reached.holes().get("unsubscribe_url"))
        .isEqualTo("http://localhost:8080/u/" + reached.holes().get("unsubscribe_token"));
    assertThat(reached.suppressionHashes()).isDeepEqualTo(people.vault.hashes(person.address()));
    people.unsubscribes.leave(String.valueOf(reached.holes().get("unsubscribe_token")));
    assertThat(people.person("dalia@one.example").state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    String preferences = String.valueOf(reached.holes().get("preferences_url"));
    assertThat(people.preferences.open(preferences.substring(preferences.lastIndexOf('/') + 1)))
        .isPresent();
  }

  @Test
  void whatAPersonDidSinceTheSnapshotIsRespected() {
    Person person = people.active("a@one.example", "newsletter", "events");
    String token = people.preferencesOf(person);
    assertThat(people.preferences.pause(token)).isPresent();
    assertThat(reach(person, NEWS)).isEqualTo(new Addressee.Unreachable("paused"));
    assertThat(people.preferences.resume(token)).isPresent();
    people.unsubscribes.leave(people.links.unsubscribe(person.id(), List.of("newsletter")));
    assertThat(reach(person, NEWS)).isEqualTo(new Addressee.Unreachable("unsubscribed"));
    assertThat(people.preferences.leaveAll(token)).isPresent();
    assertThat(reach(person, NEWS)).isEqualTo(new Addressee.Unreachable("unsubscribed"));
    assertThat(people.preferences.erase(token)).isTrue();
    assertThat(reach(person, NEWS)).isEqualTo(new Addressee.Unreachable("gone"));
  }

  @Test
  void aRowThatDoesNotOpenHoldsUpNobody() {
    Person broken = people.active("a@one.example", "newsletter");
    Person whole = people.active("b@one.example", "newsletter");
    people.hub.hub.run(
        "UPDATE people.subscriber SET address_sealed = $1 WHERE id = $2",
        Buffer.buffer("damaged"),
        broken.id().value());
    assertThat(reach(broken, NEWS)).isEqualTo(new Addressee.Unreachable("unreadable"));
    assertThat(reach(whole, NEWS)).isInstanceOf(Addressee.Reachable.class);
  }

  /** Neither a common topic nor a rare one may make the snapshot read everybody for each chunk. */
  @Test
  void aChunkIsReadByTheIndexes() {
    people.hub.hub.run(
        """
        INSERT INTO people.subscriber (address_hash, address_sealed, domain_hash, language, state,
          source, consent_source, created_at)
        SELECT int8send(n), '', int8send(n % 20), 'en', 'ACTIVE', 'import', 'test', now()
        FROM generate_series(1, 60000) n
        """);
    people.hub.hub.run(
        """
        INSERT INTO people.subscription (subscriber, topic, state, since)
        SELECT id, topic, 'ACTIVE', now() FROM people.subscriber,
          unnest(CASE WHEN id % 300 = 0 THEN '{newsletter,torture}' ELSE '{newsletter}' END::text[]) topic
        """);
    people.hub.hub.run("ANALYZE people.subscriber, people.subscription");
    for (String topic : List.of("newsletter", "torture")) {
      String plan = String.join("\n", explain(topic));
      assertThat(plan).as(topic + "\n" + plan).doesNotContain("Seq Scan");
      assertThat(
              people.audience.membersAfter(
                  people.hub.hub, SubscriberAudience.selection(List.of(topic)), 30_000, 100))
          .hasSize(100);
    }
  }

  private List<String> explain(String topic) {
    return people.hub.hub.list(
        "EXPLAIN "
            + AddresseeRepository.MEMBERS
                .replace("$1", "30000")
                .replace("$2", "'{" + topic + "}'::text[]")
                .replace("$3", "1000"),
        row -> row.getString(0));
  }
}
