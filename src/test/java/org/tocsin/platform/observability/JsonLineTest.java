package org.tocsin.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What a collector of logs gets. */
class JsonLineTest {
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00.123Z");

  @Test
  void anEventIsOneLineWithItsKeyValuesBesideItsMessage() {
    LoggingEvent event = event("Sent {} of {}", null, 3, 4);
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("channel", "email"),
            new KeyValuePair("tries", 2),
            new KeyValuePair("level", "not the level"),
            new KeyValuePair("nothing", null)));
    assertThat(encode(event))
        .isEqualTo(
            """
            {"time":"2026-06-15T12:00:00.123Z","level":"WARN","logger":"org.tocsin.Some","message":"Sent 3 of 4",\
            "channel":"email","tries":2,"nothing":null}
            """);
  }

  @Test
  void anExceptionStaysOnTheLine() {
    String line = encode(event("Broken\nin two", new IllegalStateException("outer\n", cause())));
    assertThat(line.lines()).hasSize(1);
    JsonObject read = new JsonObject(line);
    assertThat(read.getString("message")).isEqualTo("Broken\nin two");
    assertThat(read.getString("exception"))
        .contains("IllegalStateException: outer")
        .contains("Caused by: java.lang.RuntimeException: inner")
        .contains("at org.tocsin.platform.observability.JsonLineTest");
  }

  private static RuntimeException cause() {
    return new RuntimeException("inner");
  }

  private static String encode(LoggingEvent event) {
    return new String(new JsonLine().encode(event), StandardCharsets.UTF_8);
  }

  private static LoggingEvent event(
      String message, @Nullable Throwable failure, Object... arguments) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("org.tocsin.Some"), Level.WARN, message, failure, arguments);
    event.setInstant(NOON);
    return event;
  }
}
