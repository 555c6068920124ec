package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.address.EmailAddress;

class SubscribersTest {
  private static final String OFFICER = "staff:7";
  private static final String DALIA = "dalia@science-park.example";

  private final PeopleFixture people = new PeopleFixture();
  private final Subscribers desk =
      new Subscribers(
          people.hub.hub, people.vault, people.budget, people.hub.audit, people.hub.clock);

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void theOverviewCountsByStateAndTopic() {
    people.active(DALIA, "newsletter", "events");
    people.active("b@one.example", "newsletter");
    people.signUp("c@one.example", "newsletter");
    Person left = people.active("d@one.example", "events");
    people.unsubscribes.leaveAll(people.links.unsubscribe(left.id(), List.of("events")));
    Subscribers.Overview overview = desk.overview();
    assertThat(overview.of(SubscriberState.ACTIVE)).isEqualTo(2);
    assertThat(overview.of(SubscriberState.PENDING)).isEqualTo(1);
    assertThat(overview.of(SubscriberState.UNSUBSCRIBED)).isEqualTo(1);
    assertThat(overview.of(SubscriberState.PAUSED)).isZero();
    assertThat(overview.all()).isEqualTo(4);
    assertThat(overview.topics()).isEqualTo(Map.of("newsletter", 2L, "events", 1L));
  }

  @Test
  void aPersonIsFoundByTheExactAddressInAnySpelling() {
    Person person = people.active("wen@bücher.example", "newsletter");
    assertThat(desk.find(OFFICER, EmailAddress.parse("WEN@xn--bcher-kva.example").orElseThrow()))
        .contains(person.id());
    assertThat(desk.find(OFFICER, EmailAddress.parse("we@bücher.example").orElseThrow())).isEmpty();
    assertThat(people.actions(person)).endsWith("subscriber.looked_up");
    assertThat(people.hub.audit.latest("subscribers", Long.MAX_VALUE, 9)).hasSize(1);
  }

  @Test
  void whoeverOpensAnAddressIsWrittenDown() {
    Person person = people.active(DALIA, "newsletter");
    assertThat(desk.look(person.id()).orElseThrow().person()).isEqualTo(person);
    assertThat(people.actions(person)).doesNotContain("subscriber.opened");
    Subscribers.Card card = desk.open(OFFICER, person.id()).orElseThrow();
    assertThat(card.person().address().address()).isEqualTo(DALIA);
    assertThat(card.history().getFirst().action()).isEqualTo("subscriber.opened");
    assertThat(card.history().getFirst().actor()).isEqualTo(OFFICER);
    assertThat(desk.open(OFFICER, new SubscriberId(9_999))).isEmpty();
  }

  @Test
  void pagesAreFilteredAndFollowEachOther() {
    for (String local : List.of("a", "b", "c")) {
      people.active(local + "@one.example", "newsletter");
    }
    people.active("d@one.example", "events");
    people.signUp("e@one.example", "newsletter");
    List<Person> first = desk.page(Long.MAX_VALUE, "ACTIVE", "newsletter", 2);
    List<Person> second = desk.page(first.getLast().id().value(), "ACTIVE", "newsletter", 2);
    assertThat(first).extracting(p -> p.address().local()).containsExactly("c", "b");
    assertThat(second).extracting(p -> p.address().local()).containsExactly("a");
    assertThat(desk.page(Long.MAX_VALUE, "", "", 10)).hasSize(5);
  }

  @Test
  void theDeskActsForWhoAskedByLetter() {
    Person person = people.active(DALIA, "newsletter");
    assertThat(desk.leaveAll(OFFICER, person.id())).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    assertThat(desk.erase(OFFICER, person.id())).isPresent();
    assertThat(people.known(DALIA)).isFalse();
    assertThat(people.count("engine.suppression WHERE reason = 'ERASED'")).isEqualTo(1);
    assertThat(people.actions(person)).endsWith("subscriber.left", "subscriber.erased");
  }

  @Test
  void anExportIsTextForASpreadsheetAndWrittenDown() throws IOException {
    Person person = people.active("=cmd@one.example", "newsletter", "events");
    people.hub.hub.run(
        "UPDATE people.subscriber SET name_sealed = $1 WHERE id = $2",
        Buffer.buffer(people.vault.sealName("=HYPERLINK(\"http://evil.example\",\"x\")")),
        person.id().value());
    people.active(DALIA, "newsletter");
    StringWriter out = new StringWriter();
    long written =
        new SubscriberExport(people.hub.hub, people.vault, people.hub.audit)
            .write(OFFICER, "", "", out);
    assertThat(written).isEqualTo(2);
    assertThat(out.toString().split("\r\n"))
        .containsExactly(
            "email,name,language,state,topics,source,consent,created_at,confirmed_at",
            "dalia@science-park.example,,en,active,newsletter,sign-up,\"Sign-up form, confirmed by"
                + " mail\",2026-06-15T09:00:00Z,2026-06-15T09:00:00Z",
            "'=cmd@one.example,\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",en,active,events"
                + " newsletter,sign-up,\"Sign-up form, confirmed by"
                + " mail\",2026-06-15T09:00:00Z,2026-06-15T09:00:00Z");
    assertThat(people.hub.audit.latest("subscribers", Long.MAX_VALUE, 9).getFirst().action())
        .isEqualTo("subscribers.exported");
  }
}
