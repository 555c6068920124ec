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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Smtp;
import org.tocsin.platform.config.Settings.Tls;

/**
 * Takes letters to single persons to the relay, one after the other, over pooled connections of the
 * mail client.
 *
 * <p>Invariant: what the outcome calls deferred or refused was not taken by the relay, nor will it
 * be; whatever may have been taken without an answer is in doubt. Commands are not pipelined: the
 * client would leave a refused recipient's DATA open.
 */
final class SinglePost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SinglePost.class);

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

  private final Duration deadline;

  SinglePost(Vertx vertx, MailConfig relay, Duration deadline) {
    this.client = MailClient.create(vertx, relay);
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.deadline = deadline;
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
    config
        .setIdleTimeout((int) EmailChannel.DEADLINE.toSeconds())
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
