package org.tocsin.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tocsin.bench.receiver.Fingerprint;
import org.tocsin.bench.receiver.MailReception;
import org.tocsin.bench.receiver.ReceiverFixture;
import org.tocsin.bench.receiver.WebhookReception;

/** The bare clients and the receivers agree to the last message. */
class BareClientsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final WebhookReception WEBHOOKS = new WebhookReception(Optional.empty(), 1);

  @Test
  void everyMailOfTheBareClientArrivesOnceAndWithoutAFlaw() throws IOException {
    try (ReceiverFixture receiver =
        new ReceiverFixture(new MailReception(true, 4_900, 5_000), CLOCK)) {
      BareFigure figure =
          BareSmtpClient.run(new BareLoad(receiver.port(), 3, 1, 1_000, LONG), 5_000);
      assertThat(figure.messages()).isEqualTo(1_000);
      assertThat(figure.perSecond()).isPositive();
      JsonObject state = receiver.remote.state();
      assertThat(state.getJsonObject("apart")).as(receiver.remote.flawed()).isEmpty();
      assertThat(state.getLong("acknowledged")).isEqualTo(1_000);
      assertThat(state.getLong("recipients")).isEqualTo(1_000);
      assertThat(state.getLong("duplicates")).isZero();
      assertThat(state.getInteger("connections")).isEqualTo(3);
      assertThat(state.getLong("recipients_sum"))
          .isEqualTo(sum(LongStream.rangeClosed(1, 1_000)))
          .isNotEqualTo(sum(LongStream.rangeClosed(2, 1_001)));
      assertThat(receiver.remote.received().lines()).hasSize(1_000);
      assertThat(
              receiver.remote.timeline().getJsonArray("counts").stream()
                  .mapToInt(n -> (int) n)
                  .sum())
          .isEqualTo(1_000);
    }
  }

  @Test
  void plantedDuplicatesAndMissingOnesAreFound() throws IOException {
    try (ReceiverFixture receiver =
        new ReceiverFixture(new MailReception(false, 0, 5_000), CLOCK)) {
      BareSmtpClient.run(new BareLoad(receiver.port(), 2, 1, 100, LONG), 1_000);
      BareSmtpClient.run(new BareLoad(receiver.port(), 2, 94, 20, LONG), 1_000);
      JsonObject state = receiver.remote.state();
      assertThat(state.getLong("received")).isEqualTo(120);
      assertThat(state.getLong("duplicates")).isEqualTo(7);
      assertThat(state.getLong("others")).isZero();
      assertThat(state.getLong("recipients_sum")).isEqualTo(sum(LongStream.rangeClosed(1, 113)));
    }
  }

  @Test
  void aRunEndsWithItsTime() throws IOException {
    try (ReceiverFixture receiver =
        new ReceiverFixture(new MailReception(false, 0, 5_000), CLOCK)) {
      BareFigure figure =
          BareSmtpClient.run(
              new BareLoad(receiver.port(), 2, 1, Long.MAX_VALUE, Duration.ofMillis(50)), 1_000);
      assertThat(receiver.count("acknowledged")).isEqualTo(figure.messages());
    }
  }

  @Test
  void aRefusalOrALostConnectionIsNoFigure() throws IOException {
    try (ReceiverFixture receiver =
        new ReceiverFixture(new MailReception(false, 0, 5_000), CLOCK)) {
      BareLoad load = new BareLoad(receiver.port(), 2, 1, 100, LONG);
      receiver.rule("at", "rcpt", "do", "550", "after", 3);
      assertThatThrownBy(() -> BareSmtpClient.run(load, 1_000)).hasMessageContaining("5xx");
      receiver.rule("at", "dot", "do", "drop", "after", 3);
      assertThatThrownBy(() -> BareSmtpClient.run(load, 1_000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void everyWebhookOfTheBareClientIsGenuineAndArrivesOnce() throws IOException {
    try (ReceiverFixture receiver = new ReceiverFixture(WEBHOOKS, CLOCK)) {
      BareFigure figure =
          BareHttpClient.run(
              new BareLoad(receiver.port(), 5, 1, 1_000, LONG),
              new BareHttpClient.Post(1_024, 10, true),
              WEBHOOKS,
              CLOCK);
      assertThat(figure.messages()).isEqualTo(1_000);
      JsonObject state = receiver.remote.state();
      assertThat(state.getJsonObject("apart")).isEmpty();
      assertThat(state.getLong("acknowledged")).isEqualTo(1_000);
      assertThat(state.getLong("bytes")).isEqualTo(1_024_000);
      assertThat(state.getLong("duplicates")).isZero();
      assertThat(state.getLong("recipients")).isEqualTo(10);
    }
  }

  @Test
  void whatIsSignedBeforehandIsGenuineTooAndADuplicateOnEachConnection() throws IOException {
    try (ReceiverFixture receiver = new ReceiverFixture(WEBHOOKS, CLOCK)) {
      BareHttpClient.run(
          new BareLoad(receiver.port(), 5, 1, 1_000, LONG),
          new BareHttpClient.Post(1_024, 10, false),
          WEBHOOKS,
          CLOCK);
      assertThat(receiver.count("acknowledged")).isEqualTo(1_000);
      assertThat(receiver.count("duplicates")).isEqualTo(995);
    }
  }

  @Test
  void aWebhookThatIsRefusedIsNoFigure() throws IOException {
    try (ReceiverFixture receiver = new ReceiverFixture(WEBHOOKS, CLOCK)) {
      receiver.rule("at", "request", "do", "503", "after", 3);
      assertThatThrownBy(
              () ->
                  BareHttpClient.run(
                      new BareLoad(receiver.port(), 1, 1, 100, LONG),
                      new BareHttpClient.Post(100, 1, true),
                      WEBHOOKS,
                      CLOCK))
          .hasMessageContaining("5xx");
    }
  }

  private static long sum(LongStream numbers) {
    return numbers.map(number -> Fingerprint.of(BareSmtpClient.recipient(number))).sum();
  }
}
