package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.OurMail;
import org.tocsin.testing.TestHub;

/** For how long the engine knows to whom a single letter went. */
class ForgettingTest {
  private final TestHub hub = new TestHub();
  private final Broadcasts broadcasts =
      new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus);
  private final DirectMail mail = new DirectMail(broadcasts, hub.keyring.lookup(), hub.clock);
  private final Forgetting forgetting = new Forgetting(hub.keyring.sealer());

  @AfterEach
  void close() {
    hub.close();
  }

  private BroadcastId letter(String to) {
    DirectMessage message =
        new DirectMessage(
            "sign_in",
            "en",
            OurMail.of("Subject", "Text", "<p>Text</p>", Map.of()),
            to,
            Map.of("url", "https://hub.example/link"),
            hub.clock.instant().plus(Duration.ofHours(1)));
    return hub.hub.transaction(tx -> mail.send(tx, message));
  }

  private void ended(BroadcastId id, int daysAgo) {
    hub.hub.run(
        """
        UPDATE engine.broadcast SET state = 'COMPLETED', finished_at = clock_timestamp() - make_interval(days => $2)
        WHERE id = $1
        """,
        id.value(),
        daysAgo);
  }

  private List<Long> known() {
    return hub.hub.list(
        "SELECT broadcast FROM engine.recipient WHERE holes IS NOT NULL ORDER BY broadcast",
        row -> row.getLong("broadcast"));
  }

  @Test
  void aLetterThatEndedAMonthAgoIsEmptiedAndNoOther() {
    BroadcastId old = letter("old@reader.example");
    BroadcastId fresh = letter("fresh@reader.example");
    BroadcastId waiting = letter("waiting@reader.example");
    ended(old, 31);
    ended(fresh, 29);
    assertThat(known()).containsExactly(old.value(), fresh.value(), waiting.value());

    assertThat(forgetting.endedLetters(hub.hub)).isOne();

    assertThat(known()).containsExactly(fresh.value(), waiting.value());
    assertThat(forgetting.endedLetters(hub.hub)).isZero();
    assertThat(broadcasts.find(old).orElseThrow().total()).as("the ledger stays").isOne();
  }
}
