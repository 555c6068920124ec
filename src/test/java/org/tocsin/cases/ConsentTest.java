package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.cases.CaseFixture.TODAY;
import static org.tocsin.testing.Refusals.code;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.cases.Consent.Standing;

/** What a consent allows, how it ends, and who is told. */
class ConsentTest {
  private final CaseFixture fixture = new CaseFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void nothingStandsInTheWayOfWhatWasConsentedTo() {
    CaseId id = fixture.active().id();
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT)).isEmpty();
    assertThat(obstacles(id, ConsentScope.NETWORK_ALERT)).containsExactly(Obstacle.CONSENT_MISSING);
    fixture.move(id, WorkState.MONITORING, fixture.officer);
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT))
        .containsExactly(Obstacle.NOT_ACTIVE);
  }

  @Test
  void aCaseJustTakenInHasEveryObstacle() {
    assertThat(obstacles(fixture.takenIn().id(), ConsentScope.PUBLIC_NAME))
        .containsExactly(
            Obstacle.NOT_ACTIVE,
            Obstacle.CHECKS_MISSING,
            Obstacle.SOURCES_MISSING,
            Obstacle.RISK_NOTE_MISSING,
            Obstacle.CONSENT_MISSING);
  }

  @Test
  void aRevocationIsToldInItsTransactionAndOnce() {
    CaseId id = fixture.active().id();
    ConsentId consent = fixture.consents.list(id).getFirst().id();
    revoke(id, consent);
    assertThat(fixture.told).containsExactly(id);
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT))
        .containsExactly(Obstacle.CONSENT_REVOKED);
    assertThatThrownBy(() -> revoke(id, consent)).satisfies(code("consent_ended"));
    assertThatThrownBy(() -> revoke(fixture.takenIn().id(), consent)).satisfies(code("not_found"));
    assertThat(fixture.told).hasSize(1);
  }

  @Test
  void whereAWatchFailsTheConsentIsNotRevokedEither() {
    CaseId id = fixture.active().id();
    ConsentId consent = fixture.consents.list(id).getFirst().id();
    Consents failing =
        new Consents(
            fixture.book,
            List.of(
                (tx, ended) -> {
                  throw new IllegalStateException("the alert is busy");
                }));
    assertThatThrownBy(
            () -> failing.revoke(id, consent, "She rang", fixture.officer.id(), fixture.words))
        .hasMessage("the alert is busy");
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT)).isEmpty();
  }

  @Test
  void anExpiryHoldsByTheCalendarAndIsToldByHousekeepingOnce() {
    CaseId id = fixture.active().id();
    revoke(id, fixture.consents.list(id).getFirst().id());
    fixture.consent(id, Optional.of(TODAY), ConsentScope.CORRESPONDENTS_ALERT);
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT)).isEmpty();
    fixture.told.clear();
    assertThat(fixture.consents.round()).isFalse();
    assertThat(fixture.told).isEmpty();

    fixture.hub.clock.advance(Duration.ofHours(15));
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT)).contains(Obstacle.CONSENT_EXPIRED);
    fixture.consents.round();
    fixture.consents.round();
    assertThat(fixture.told).containsExactly(id);
    assertThat(fixture.consents.list(id).getFirst().standing(fixture.hub.clock.instant()))
        .isEqualTo(Standing.EXPIRED);
  }

  @Test
  void aFurtherConsentHeals() {
    CaseId id = fixture.active().id();
    revoke(id, fixture.consents.list(id).getFirst().id());
    fixture.consent(id, Optional.empty(), ConsentScope.CORRESPONDENTS_ALERT);
    assertThat(obstacles(id, ConsentScope.CORRESPONDENTS_ALERT)).isEmpty();
  }

  @Test
  void aConsentOfASealedCaseCanStillBeRevoked() {
    CaseId id = fixture.active().id();
    fixture.move(id, WorkState.CLOSED_OTHER, fixture.officer);
    fixture.move(id, WorkState.SEALED, fixture.officer);
    revoke(id, fixture.consents.list(id).getFirst().id());
    assertThat(fixture.told).containsExactly(id);
  }

  private void revoke(CaseId id, ConsentId consent) {
    fixture.consents.revoke(id, consent, "She rang", fixture.officer.id(), fixture.words);
  }

  private java.util.Set<Obstacle> obstacles(CaseId id, ConsentScope scope) {
    return fixture.cases.obstacles(id, scope);
  }
}
