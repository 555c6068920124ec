package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.Database;
import org.tocsin.testing.TestPostgres;

/** Tries that were claimed and could not begin. */
class GivenBackTest {
  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aTryWhoseBroadcastCannotBeReadIsGivenBackAndNotInDoubt() {
    BroadcastId id = oneWaits();
    roundWithoutReading();
    assertThat(retries("lease_until IS NULL AND NOT in_doubt")).isOne();
    assertThat(engine.progress(id).inDoubt()).isZero();
  }

  @Test
  void aTryThatSomebodyDiedWithStaysInDoubtWhenItsBroadcastCannotBeRead() {
    oneWaits();
    engine.claimRetries(10);
    engine.expireLeases();
    roundWithoutReading();
    assertThat(retries("lease_until IS NOT NULL AND in_doubt")).isOne();
  }

  private BroadcastId oneWaits() {
    BroadcastId id = engine.startInVain(1);
    eventually("it waits for another try", () -> retries("lease_until IS NULL") == 1);
    engine.makeRetriesDue();
    return id;
  }

  /** What is claimed cannot be begun: the connection that reads broadcasts is gone. */
  private void roundWithoutReading() {
    Database gone =
        Database.open(
            engine.hub.vertx,
            engine.hub.address,
            TestPostgres.COURIER.username(),
            TestPostgres.COURIER.password(),
            1);
    gone.close();
    Dispatcher blind = engine.dispatcher("email", gone);
    blind.round();
    blind.awaitIdle();
  }

  private long retries(String which) {
    return engine.hub.hub.get(
        "SELECT count(*) AS n FROM engine.retry WHERE " + which, row -> row.getLong("n"));
  }
}
