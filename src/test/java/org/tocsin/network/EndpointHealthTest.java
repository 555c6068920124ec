package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.channels.Outcome;

class EndpointHealthTest {
  private static final Outcome GOOD = new Outcome.Accepted("HTTP 200");
  private static final Outcome BAD = new Outcome.Deferred("HTTP 500", "", Optional.empty());
  private static final Outcome DOUBT = new Outcome.InDoubt("timeout", "");
  private static final Outcome GONE = new Outcome.Refused("HTTP 410", "", Outcome.Reason.GONE);

  private final NetworkFixture network = new NetworkFixture();
  private EndpointId id = new EndpointId(0);

  @BeforeEach
  void register() {
    id = network.register(network.receiver(200)).endpoint().id();
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void aFailureDegradesAndASuccessRecovers() {
    Instant first = network.hub.clock.instant();
    see(BAD);
    assertThat(now().state()).isEqualTo(EndpointState.DEGRADED);
    assertThat(now().failingSince()).hasValue(first);
    network.hub.clock.advance(Duration.ofHours(1));
    see(DOUBT);
    assertThat(now().failingSince()).as("since the first").hasValue(first);
    see(GOOD);
    assertThat(now().state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(now().failingSince()).isEmpty();
  }

  @Test
  void goneDisablesAtOnceAndIsAudited() {
    see(GONE);
    assertThat(now().state()).isEqualTo(EndpointState.DISABLED);
    assertThat(now().disabledReason()).hasValue(DisabledReason.GONE);
    assertThat(network.audited()).last().isEqualTo("endpoint.disabled {\"reason\":\"GONE\"}");
  }

  @Test
  void fiveDaysOfNothingButFailuresDisable() {
    see(BAD);
    network.hub.clock.advance(Duration.ofDays(5).minusSeconds(1));
    see(BAD);
    assertThat(now().state()).isEqualTo(EndpointState.DEGRADED);
    network.hub.clock.advance(Duration.ofSeconds(1));
    see(BAD);
    assertThat(now().state()).isEqualTo(EndpointState.DISABLED);
    assertThat(now().disabledReason()).hasValue(DisabledReason.FAILING);
    assertThat(network.audited()).last().isEqualTo("endpoint.disabled {\"reason\":\"FAILING\"}");
  }

  @Test
  void oneSuccessInBetweenStartsTheFiveDaysAnew() {
    see(BAD);
    network.hub.clock.advance(Duration.ofDays(4));
    network.health.observe(id.value(), GOOD);
    network.health.observe(id.value(), BAD);
    network.health.round();
    assertThat(now().failingSince()).hasValue(network.hub.clock.instant());
    network.hub.clock.advance(Duration.ofDays(2));
    see(BAD);
    assertThat(now().state()).isEqualTo(EndpointState.DEGRADED);
  }

  @Test
  void ourOwnFaultIsNotHeldAgainstTheEndpoint() {
    see(new Outcome.Refused("unsendable", "", Outcome.Reason.UNSENDABLE));
    assertThat(now().state()).isEqualTo(EndpointState.ACTIVE);
  }

  @Test
  void aDisabledEndpointStaysDisabledWhateverArrivesLate() {
    network.endpoints.disable(network.admin, id);
    see(GOOD);
    see(GONE);
    assertThat(now().disabledReason()).hasValue(DisabledReason.STAFF);
  }

  @Test
  void whatWasSeenIsWrittenWhenTheHubStops() {
    network.health.start();
    network.health.observe(id.value(), GONE);
    network.health.close();
    assertThat(now().state()).isEqualTo(EndpointState.DISABLED);
  }

  private void see(Outcome outcome) {
    network.health.observe(id.value(), outcome);
    network.health.round();
  }

  private Endpoint now() {
    return network.endpoints.get(id);
  }
}
