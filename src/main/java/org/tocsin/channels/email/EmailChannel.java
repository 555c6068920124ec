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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Smtp;
import org.tocsin.platform.config.Settings.Tls;

/**
 * Sends one message to one mailbox through the relay, over pooled connections.
 *
 * <p>Invariant: what the outcome calls deferred or refused was not taken by the relay, nor will it
 * be; whatever may have been taken without an answer is in doubt. Commands are not pipelined: the
 * client would leave a refused recipient's DATA open.
 */
public final class EmailChannel implements Channel, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmailChannel.class);

  /** For one try, from asking for a connection to the answer to the final dot. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

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

  private final MailWriter writer;
  private final List<String> allowedDomains;
  private final Duration deadline;
  private final InstantSource clock;

  /**
   * @param host of the relay, or of the captured mailbox where {@code smtp.host} is absent, which
   *     is spoken to without TLS and login
   */
  public EmailChannel(Vertx vertx, Settings settings, String host, int port, InstantSource clock) {
    this(vertx, settings, relay(settings, host, port), DEADLINE, clock);
  }

  EmailChannel(
      Vertx vertx, Settings settings, MailConfig relay, Duration deadline, InstantSource clock) {
    this.client = MailClient.create(vertx, relay);
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.writer = new MailWriter(settings);
    this.allowedDomains = settings.mail().allowedDomains();
    this.deadline = deadline;
    this.clock = clock;
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
            .setMaxPoolSize(smtp.connections())
            .setMaxMailsPerConnection(MESSAGES_PER_CONNECTION);
    config.setConnectTimeout((int) CONNECT.toMillis());
    config.setIdleTimeout((int) DEADLINE.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
    if (!captured && smtp.username().isPresent()) {
      config
          .setLogin(LoginOption.REQUIRED)
          .setUsername(smtp.username().get())
          .setPassword(smtp.password().orElse(""));
    }
    return config;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Future<Outcome> send(Envelope envelope) {
    if (!(envelope.destination() instanceof Destination.Mailbox(String address))) {
      return Future.succeededFuture(unsendable("not a mailbox"));
    }
    Optional<MailAddress> to = MailAddress.parse(address);
    if (to.isEmpty()) {
      return Future.succeededFuture(unsendable("an address that mail cannot carry"));
    }
    if (!allowedDomains.isEmpty() && !to.get().isWithin(allowedDomains)) {
      return Future.succeededFuture(
          new Refused(
              "forbidden domain", "mail.allowed_domains does not name it", Reason.FORBIDDEN));
    }
    WrittenMail mail;
    try {
      mail =
          writer.write(
              envelope.id(),
              MailContent.fromJson(envelope.content()),
              to.get(),
              envelope.holes(),
              clock.instant());
    } catch (Unsendable reason) {
      return Future.succeededFuture(unsendable(String.valueOf(reason.getMessage())));
    } catch (RuntimeException failure) {
      log.atError().addKeyValue("delivery", envelope.id()).setCause(failure).log("Not a message");
      return Future.succeededFuture(unsendable("not a message"));
    }
    return send(new Attempt(mail));
  }

  private static Refused unsendable(String why) {
    return new Refused("unsendable", why, Reason.UNSENDABLE);
  }

  private Future<Outcome> send(Attempt attempt) {
    Promise<MailResult> result = context.promise();
    context.runOnContext(asked -> client.sendMail(attempt).onComplete(result));
    return result
        .future()
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .<Outcome>map(taken -> new Outcome.Accepted("250"))
        .otherwise(
            failure ->
                attempt.mayHaveTalked()
                    ? SmtpVerdict.whileTalking(failure)
                    : SmtpVerdict.beforeTalking(failure));
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
