package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.config.Settings.Tls;

/** Messages and relays of the lane's tests. */
final class Bulk {
  static final Duration LONG = Duration.ofSeconds(20);
  static final SmtpLimits LIMITS =
      new SmtpLimits(LONG, LONG, times(LONG), LONG, LONG, Duration.ofMillis(1), LONG, LONG);

  /** All pauses are long ones. */
  static final SmtpLimits PATIENT =
      new SmtpLimits(LONG, LONG, times(LONG), LONG, LONG, LONG, LONG, LONG);

  private static final int ANY_NUMBER = 1_000;

  private Bulk() {}

  static SmtpRelay relay(int port) {
    return new SmtpRelay(
        "localhost", port, Tls.DISABLED, Optional.empty(), "hub.example", 1, 1_000, LIMITS);
  }

  static SmtpRelay relay(ScriptedServer server) {
    return relay(server.port());
  }

  static SmtpRelay with(SmtpRelay relay, SmtpLimits limits) {
    return of(relay, relay.tls(), relay.login(), relay.connections(), limits);
  }

  static SmtpRelay of(
      SmtpRelay relay,
      Tls tls,
      Optional<SmtpRelay.Login> login,
      int connections,
      SmtpLimits limits) {
    return new SmtpRelay(
        relay.host(),
        relay.port(),
        tls,
        login,
        relay.ownName(),
        connections,
        relay.messagesPerConnection(),
        limits);
  }

  static SmtpRelay connections(SmtpRelay relay, int connections, int messagesEach) {
    return new SmtpRelay(
        relay.host(),
        relay.port(),
        relay.tls(),
        relay.login(),
        relay.ownName(),
        connections,
        messagesEach,
        relay.limits());
  }

  /** The same for each answer. */
  static SmtpTimes times(Duration each) {
    return new SmtpTimes(each, each, each, each, each, each, each);
  }

  /** So long for each answer, and for a connection. */
  static SmtpLimits within(Duration each) {
    return limits(each, times(each));
  }

  static SmtpLimits limits(Duration waiting, SmtpTimes times) {
    return new SmtpLimits(
        waiting,
        LIMITS.connect(),
        times,
        LIMITS.slow(),
        LIMITS.idle(),
        LIMITS.firstPause(),
        LIMITS.longestPause(),
        LIMITS.regrowth());
  }

  /** A message that is on the wire for so long is slow. */
  static SmtpLimits slowAfter(Duration slow) {
    return new SmtpLimits(
        LIMITS.waiting(),
        LIMITS.connect(),
        LIMITS.times(),
        slow,
        LIMITS.idle(),
        LIMITS.firstPause(),
        LIMITS.longestPause(),
        LIMITS.regrowth());
  }

  static SmtpMessage message(String recipient) {
    return message(recipient, "Subject: s\r\n\r\nhello\r\n");
  }

  static SmtpMessage message(String recipient, String data) {
    return new SmtpMessage(
        "b@hub.example",
        recipient,
        Buffer.buffer(data.getBytes(StandardCharsets.ISO_8859_1)),
        data.length(),
        false);
  }

  /** Lines of 78 octets, each its own. */
  static String ofSize(int octets) {
    StringBuilder text = new StringBuilder("Subject: s\r\n\r\n");
    for (int line = 0; text.length() < octets; line++) {
      text.append("%08d".formatted(line)).append("x".repeat(68)).append("\r\n");
    }
    return text.toString();
  }

  static List<Outcome> sendAll(SmtpLane lane, List<SmtpMessage> messages) {
    return outcomes(messages.stream().map(lane::send).toList());
  }

  /** All wait before the server says its first word. */
  static List<Outcome> sendTogether(
      SmtpLane lane, ScriptedServer server, List<SmtpMessage> messages) {
    server.otherwiseOn("greeting", ScriptedServer.WHEN_TOLD + "220 hello");
    List<Future<Outcome>> outcomes = messages.stream().map(lane::send).toList();
    server.told.release(ANY_NUMBER);
    return outcomes(outcomes);
  }

  private static List<Outcome> outcomes(List<Future<Outcome>> outcomes) {
    try {
      Future.all(outcomes).await(2 * LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("messages without an outcome", late);
    }
    return outcomes.stream().map(Future::result).toList();
  }

  static List<SmtpMessage> messages(int many) {
    return IntStream.range(0, many).mapToObj(i -> message("r" + i + "@x.example")).toList();
  }
}
