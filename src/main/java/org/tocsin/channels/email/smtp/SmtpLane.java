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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.channels.Outcome.Unsent;

/**
 * Sends many messages through one relay, in the order in which they are given as far as several
 * connections allow; a stop before all others.
 *
 * <p>Invariant: every message has exactly one outcome, in bounded time. What is unsent, deferred or
 * refused was not taken by the relay, nor will it be; whatever may have been taken without an
 * answer is in doubt.
 */
public final class SmtpLane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpLane.class);

  /** All connections were busy. */
  static final Unsent LATE = new Unsent("busy", Blocks.NOTHING);

  /** Its destination has its share of the connections and answers slowly. */
  static final Unsent SLOW = new Unsent("slow", Blocks.DESTINATION);

  static final Unsent CLOSING = new Unsent(Unready.CLOSING, Blocks.NOTHING);

  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final SmtpRelay relay;
  private final NetClient client;
  private final Waiting waiting = new Waiting();
  private final Connections connections;

  SmtpLane(Vertx vertx, SmtpRelay relay) {
    this(vertx, relay, new NetClientOptions());
  }

  SmtpLane(Vertx vertx, SmtpRelay relay, NetClientOptions base) {
    this(vertx, relay, base, _ -> {});
  }

  /**
   * @param faults hears of each connection that could not be made, on an event loop
   */
  public SmtpLane(Vertx vertx, SmtpRelay relay, Consumer<RelayFault> faults) {
    this(vertx, relay, new NetClientOptions(), faults);
  }

  /** {@code base} may say whom to trust, nothing else. */
  SmtpLane(Vertx vertx, SmtpRelay relay, NetClientOptions base, Consumer<RelayFault> faults) {
    this.relay = relay;
    this.client = vertx.createNetClient(relay.options(base));
    this.connections = new Connections((VertxInternal) vertx, client, relay, waiting, faults);
  }

  /** From any thread. The future never fails; it completes on an event loop. */
  public Future<Outcome> send(SmtpMessage message) {
    return send(message, false);
  }

  /** The same, before all that waits and through a connection more where all are busy: a stop. */
  public Future<Outcome> sendFirst(SmtpMessage message) {
    return send(message, true);
  }

  private Future<Outcome> send(SmtpMessage message, boolean first) {
    Optional<String> fault = message.fault();
    if (fault.isPresent()) {
      return Future.succeededFuture(new Refused("unsendable", fault.get(), Reason.UNSENDABLE));
    }
    Submission submission =
        new Submission(message, System.nanoTime() + relay.limits().waiting().toNanos(), first);
    waiting.join(submission).ifPresentOrElse(submission::settle, connections::attend);
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
      finish().await(relay.limits().waiting().plus(FAREWELL).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      log.atWarn().log("The relay did not let go of its connections in time");
    }
  }
}
