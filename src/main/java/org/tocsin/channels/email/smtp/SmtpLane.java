package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;

/**
 * Sends many messages through one relay, in the order in which they are given as far as several
 * connections allow.
 *
 * <p>Invariant: every message has exactly one outcome, within its deadline. What is deferred or
 * refused was not taken by the relay, nor will it be; whatever may have been taken without an
 * answer is in doubt.
 */
public final class SmtpLane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpLane.class);

  static final Deferred LATE =
      new Deferred("timeout", "no connection took it in time", Optional.empty());
  static final Deferred CLOSING = new Deferred("closing", "the lane is closing", Optional.empty());

  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final SmtpRelay relay;
  private final NetClient client;
  private final Waiting waiting = new Waiting();
  private final Connections connections;

  public SmtpLane(Vertx vertx, SmtpRelay relay) {
    this(vertx, relay, new NetClientOptions());
  }

  /** {@code base} may say whom to trust, nothing else. */
  SmtpLane(Vertx vertx, SmtpRelay relay, NetClientOptions base) {
    this.relay = relay;
    this.client = vertx.createNetClient(relay.options(base));
    this.connections = new Connections((VertxInternal) vertx, client, relay, waiting);
  }

  /** From any thread. The future never fails; it completes on an event loop. */
  public Future<Outcome> send(SmtpMessage message) {
    Optional<String> fault = message.fault();
    if (fault.isPresent()) {
      return Future.succeededFuture(new Refused("unsendable", fault.get(), Reason.UNSENDABLE));
    }
    Submission submission =
        new Submission(message, System.nanoTime() + relay.limits().message().toNanos());
    if (waiting.join(submission)) {
      connections.attend();
    } else {
      submission.settle(CLOSING);
    }
    return submission.outcome();
  }

  /** Takes no more; ends when all that is on its way has its outcome. */
  public Future<Void> finish() {
    return connections.finish().eventually(client::close);
  }

  /** Waits for {@link #finish()}; not on an event loop. */
  @Override
  public void close() {
    try {
      finish().await(relay.limits().message().plus(FAREWELL).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      log.atWarn().log("The relay did not let go of its connections in time");
    }
  }
}
