package org.tocsin.chaos;

/** Makes time go by for the engine, which reads it off the database's clock alone. */
final class Leases {
  private final Ground ground;

  Leases(Ground ground) {
    this.ground = ground;
  }

  /** What a dead node had is free; for whoever lives it would be a lease lost. */
  void expire() {
    ground.hub.run(
        "UPDATE engine.segment SET lease_until = clock_timestamp() WHERE state = 'LEASED'");
    ground.hub.run(
        "UPDATE engine.retry SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL");
  }

  /** Only of whoever is silent: those at work renew theirs all the while. */
  void expireOfTheSilent(Sending sending) {
    sending.await("a silent owner", () -> expiredOfTheSilent(sending) > 0);
  }

  private int expiredOfTheSilent(Sending sending) {
    return ground.hub.run(
        """
        WITH leased AS (SELECT owner, lease_until FROM engine.segment WHERE broadcast = $1 AND state = 'LEASED')
        UPDATE engine.segment SET lease_until = clock_timestamp() WHERE broadcast = $1 AND state = 'LEASED'
          AND owner NOT IN (SELECT owner FROM leased WHERE lease_until > clock_timestamp() + interval '28 s')
        """,
        sending.id.value());
  }

  /** What waits for a further try need wait no longer. */
  void makeRetriesDue() {
    ground.hub.run(
        "UPDATE engine.retry SET due_at = clock_timestamp() WHERE lease_until IS NULL AND due_at > clock_timestamp()");
  }
}
