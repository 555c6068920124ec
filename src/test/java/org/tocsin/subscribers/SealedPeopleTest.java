package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.testing.StolenCopy;

/** I19: a stolen copy of every table shows no address and no name. */
class SealedPeopleTest {
  private static final List<String> CANARIES =
      List.of("kanarienvogel", "papagei", "zeisig", "stieglitz", "canary-domain", "nachtigall");

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void aStolenCopyShowsNobody() {
    Person person = people.active("kanarienvogel@canary-domain.example", "newsletter");
    people.hub.hub.run(
        "UPDATE people.subscriber SET name_sealed = $1",
        io.vertx.core.buffer.Buffer.buffer(people.vault.sealName("Nachtigall")));
    people.signUp("papagei@canary-domain.example", "newsletter");
    people.ask("zeisig@canary-domain.example", PeopleFixture.HOME, "newsletter");
    assertThat(
            people.changes.ask(
                people.preferencesOf(person),
                EmailAddress.parse("stieglitz@canary-domain.example").orElseThrow()))
        .contains(true);
    StolenCopy copy = StolenCopy.of(people.hub.address);
    assertThat(copy.tables()).contains("people.subscriber", "engine.recipient", "audit.entry");
    assertThat(copy.shows("subscriber.confirmed")).isTrue();
    assertThat(CANARIES).noneMatch(copy::shows);
  }

  @Test
  void theSearchWouldFindAnAddress() {
    people.hub.hub.run(
        "INSERT INTO people.import (file_digest, options, rows_total, started_at) VALUES ($1, $2,"
            + " 1, now())",
        io.vertx.core.buffer.Buffer.buffer(new byte[32]),
        "Kanarienvogel");
    assertThat(StolenCopy.of(people.hub.address).shows("kanarienvogel")).isTrue();
  }
}
