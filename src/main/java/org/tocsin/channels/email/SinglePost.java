package org.tocsin.channels.email;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Unsent;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.channels.email.smtp.SmtpTimes;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Smtp;
import org.tocsin.platform.config.Settings.Tls;

/**
 * Takes letters to single persons to the relay, one after the other, over pooled connections of the
 * mail client.
 *
 * <p>Invariant: what the outcome calls unsent, deferred or refused was not taken by the relay, nor
 * will it be; whatever may have been taken without an answer is in doubt. Commands are not
 * pipelined: the client would leave a refused recipient's DATA open.
 */
final class SinglePost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SinglePost.class);

  /** All connections were busy, or the relay did not let us in: no letter's matter. */
  private static final Unsent BUSY = new Unsent("busy", Blocks.NOTHING);

  private static final Unsent LOST = new Unsent("connect closed", Blocks.NOTHING);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int MESSAGES_PER_CONNECTION = 200;
  private static final int IMPLICIT_TLS = 465;

  private final MailClient client;

  /**
   * All connections live on one event loop: between two, the client can lose the news that a
   * connection was lost.
   */
  private final ContextInternal context;

  private final Shares shares;
  private final RelayProbe probe;
  private final Consumer<RelayFault> faults;
  private final Duration waiting;

  /**
   * @param waiting for a connection
   * @param faults hears of each letter that found none
   */
  SinglePost(
      Vertx vertx,
      MailConfig relay,
      RelayProbe probe,
      Duration waiting,
      Consumer<RelayFault> faults) {
    this.client = MailClient.create(vertx, relay);
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.shares = new Shares(Math.max(1, relay.getMaxPoolSize() / 2));
    this.probe = probe;
    this.waiting = waiting;
    this.faults = faults;
  }

  static MailConfig relay(Settings settings, String host, int port) {
    Smtp smtp = settings.smtp();
    boolean captured = smtp.host().isEmpty();
    Tls tls = captured ? Tls.DISABLED : smtp.tls();
    MailConfig config =
        new MailConfig(host, port)
            .setOwnHostname(settings.mail().bounceDomain())
            .setStarttls(
                switch (tls) {
                  case REQUIRED -> StartTLSOptions.REQUIRED;
                  case OPTIONAL -> StartTLSOptions.OPTIONAL;
                  case DISABLED -> StartTLSOptions.DISABLED;
                })
            .setSsl(port == IMPLICIT_TLS && tls != Tls.DISABLED)
            .setLogin(LoginOption.DISABLED)
            .setPipelining(false)
            .setMaxPoolSize(Math.max(2, smtp.connections()))
            .setMaxMailsPerConnection(MESSAGES_PER_CONNECTION);
    config.setConnectTimeout((int) CONNECT.toMillis());
    config
        .setIdleTimeout((int) SmtpTimes.RFC_5321.dot().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
    if (!captured && smtp.username().isPresent()) {
      config
          .setLogin(LoginOption.REQUIRED)
          .setUsername(smtp.username().get())
          .setPassword(smtp.password().orElse(""));
    }
    return config;
  }

  Future<Outcome> send(WrittenMail mail) {
    Attempt attempt = new Attempt(mail);
    Promise<MailResult> result = context.promise();
    String destination = mail.to().domain();
    result.future().onComplete(_ -> shares.leave(destination));
    context.runOnContext(_ -> shares.take(destination, () -> hand(attempt, result)));
    return result
        .future()
        .timeout(waiting.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> goOn(attempt, result.future(), failure))
        .<Outcome>map(taken -> new Outcome.Accepted("250"))
        .recover(
            failure ->
                attempt.mayHaveTalked()
                    ? Future.succeededFuture(SmtpVerdict.whileTalking(failure))
                    : unsent(failure));
  }

  /** One that waited too long for its destination's share is not handed over any more. */
  private void hand(Attempt attempt, Promise<MailResult> result) {
    if (attempt.isGivenUp()) {
      result.tryFail(new TimeoutException());
    } else {
      client.sendMail(attempt).onComplete(result);
    }
  }

  /** Who has a connection has the times of RFC 5321 from then on. */
  private static Future<MailResult> goOn(
      Attempt attempt, Future<MailResult> result, Throwable failure) {
    return failure instanceof TimeoutException && attempt.mayHaveTalked()
        ? result.timeout(SmtpTimes.RFC_5321.conversation().toMillis(), TimeUnit.MILLISECONDS)
        : Future.failedFuture(failure);
  }

  /** The client's words are not read: the relay itself is asked what stands in the way. */
  private Future<Outcome> unsent(Throwable failure) {
    return failure instanceof TimeoutException
        ? Future.succeededFuture(BUSY)
        : probe.look().map(found -> found.map(this::closed).orElse(LOST));
  }

  private Unsent closed(RelayFault fault) {
    faults.accept(fault);
    return new Unsent(fault.code(), Blocks.CHANNEL);
  }

  /** Ends the pooled connections; what is in flight should have ended before. */
  @Override
  public void close() {
    try {
      client.close().otherwiseEmpty().await(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      log.atWarn().log("The relay did not let go of its connections in time");
    }
  }
}
