package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;

/** Small broadcasts share a cut, large ones have their own, and both go when they are old. */
class RetentionTest {
  private static final int MONTHS = 24;

  private final TestEngine engine = new TestEngine();
  private final Retention retention = new Retention(engine.hub.hub, MONTHS);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whatIsOldGoesAndItsFiguresStay() {
    BroadcastId old = large(30);
    end(old, MONTHS + 1);
    BroadcastId young = large(30);
    end(young, MONTHS - 1);
    Progress before = engine.broadcasts.find(old).orElseThrow();

    assertThat(retention.round()).isTrue();
    assertThat(retention.round()).as("nothing else is old").isFalse();

    assertThat(engine.broadcasts.keepsDeliveries(old)).isFalse();
    assertThat(deliveries(old)).isEmpty();
    assertThat(engine.broadcasts.find(old)).contains(before);
    assertThat(tablesOf(old)).isEmpty();
    assertThat(engine.broadcasts.keepsDeliveries(young)).isTrue();
    assertThat(deliveries(young)).hasSize(30);
  }

  @Test
  void aSharedCutStaysUntilAllInItAreOldAndNoMoreCanCome() {
    BroadcastId first = sent(5);
    BroadcastId second = sent(5);
    end(first, MONTHS + 1);
    end(second, MONTHS + 1);
    assertThat(retention.round()).as("ids of it are still to be given out").isFalse();
    run("SELECT setval('engine.broadcast_id_seq', (SELECT max(beyond) - 1 FROM engine.cut))");
    BroadcastId next = sent(5);
    end(second, 1);
    assertThat(retention.round()).as("the second is young").isFalse();
    end(second, MONTHS + 1);
    assertThat(retention.round()).isTrue();
    assertThat(deliveries(first)).isEmpty();
    assertThat(deliveries(second)).isEmpty();
    assertThat(deliveries(next)).hasSize(5);
  }

  @Test
  void whatStillRunsStays() {
    large(1);
    run(
        "UPDATE engine.broadcast SET total = 50000 WHERE id = (SELECT max(id) FROM engine.broadcast)");
    BroadcastId running = engine.start(3, InDoubtPolicy.LIST);
    engine.snapshot();
    run(
        """
        UPDATE engine.broadcast SET started_at = started_at - interval '10 years',
          finished_at = finished_at - interval '10 years'
        """);
    while (retention.round()) {
      // whatever is over goes
    }
    assertThat(engine.broadcasts.keepsDeliveries(running)).isTrue();
    assertThat(deliveries(running)).hasSize(3);
  }

  @Test
  void whatADeadNodeLeftInTheMiddleIsFinishedADayLater() {
    BroadcastId old = large(10);
    end(old, MONTHS + 1);
    long first = old.value();
    run("ALTER TABLE engine.recipient DETACH PARTITION engine.recipient_" + first);
    run("DROP TABLE engine.recipient_" + first);
    run("ALTER TABLE engine.outcome DETACH PARTITION engine.outcome_" + first);
    run("UPDATE engine.cut SET leaving_since = clock_timestamp() WHERE first = " + first);
    assertThat(retention.round()).as("another node is at it").isFalse();
    run("UPDATE engine.cut SET leaving_since = leaving_since - interval '25 hours'");
    assertThat(retention.round()).isTrue();
    assertThat(tablesOf(old)).isEmpty();
  }

  @Test
  void whereTheLastOfItsKindWasLargeTheNextIsAlone() {
    BroadcastId before = sent(3);
    BroadcastId small = sent(3);
    assertThat(cut(small)).isEqualTo(cut(before));
    BroadcastId alone = large(3);
    assertThat(cut(alone)).isEqualTo(alone.value());
    BroadcastId after = sent(3);
    assertThat(cut(after)).isNotEqualTo(alone.value());
    assertThat(after.value()).isGreaterThan(alone.value());
    assertThat(engine.broadcasts.find(after).orElseThrow().sent()).isEqualTo(3);
  }

  /** One with a cut of its own, because the one before is said to have been large. */
  private BroadcastId large(int size) {
    sent(1);
    run(
        "UPDATE engine.broadcast SET total = 50000 WHERE id = (SELECT max(id) FROM engine.broadcast)");
    BroadcastId large = sent(size);
    assertThat(cut(large)).isEqualTo(large.value());
    return large;
  }

  private BroadcastId sent(int size) {
    engine.channel.idOf.clear();
    BroadcastId id = engine.start(size, InDoubtPolicy.LIST);
    engine.snapshot();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    return id;
  }

  private void end(BroadcastId id, int monthsAgo) {
    assertThat(
            engine.hub.hub.run(
                """
                UPDATE engine.broadcast SET state = 'COMPLETED',
                  finished_at = clock_timestamp() - make_interval(months => $2) WHERE id = $1
                """,
                id.value(),
                monthsAgo))
        .isOne();
  }

  private List<Delivery> deliveries(BroadcastId id) {
    return engine.broadcasts.deliveries(id, 0, 0, 100, Optional.empty());
  }

  private long cut(BroadcastId id) {
    return engine.hub.hub.get(
        "SELECT first FROM engine.cut WHERE first <= $1 AND beyond > $1",
        row -> row.getLong("first"),
        id.value());
  }

  private List<String> tablesOf(BroadcastId large) {
    return engine.hub.hub.list(
        "SELECT relname::text FROM pg_class WHERE relname LIKE '%\\_' || $1::text",
        row -> row.getString("relname"), Long.toString(large.value()));
  }

  private void run(String sql) {
    engine.hub.hub.run(sql);
  }
}
