package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.config.Settings.Tls;

/**
 * Makes a connection ready for messages: connect, greeting, EHLO, STARTTLS and EHLO again, AUTH.
 *
 * <p>Invariant: what was said before encryption counts for nothing after it (RFC 3207, 4.2): the
 * first answer to EHLO is forgotten, and a byte that came between the answer to STARTTLS and the
 * handshake ends the connection. A login is not said in clear unless TLS is disabled.
 */
final class Opening implements Wire.Party {
  /** A wire on which messages may be sent. */
  record Opened(Wire wire, Capabilities capabilities) {}

  private final ContextInternal context;
  private final NetClient client;
  private final SmtpRelay relay;
  private final Promise<Opened> opened = Promise.promise();
  private @Nullable Wire wire;
  private @Nullable Promise<SmtpReply> awaited;
  private boolean encrypting;

  Opening(ContextInternal context, NetClient client, SmtpRelay relay) {
    this.context = context;
    this.client = client;
    this.relay = relay;
  }

  /**
   * Fails with {@link Unready} only; on the event loop of the wire, if asked before the beginning.
   */
  Future<Opened> opened() {
    return opened.future();
  }

  void begin() {
    context.runOnContext(_ -> connect());
  }

  private void connect() {
    Future<NetSocket> connecting = client.connect(relay.port(), relay.host());
    connecting.onSuccess(this::connected);
    connecting
        .timeout(relay.limits().connect().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(this::fail);
  }

  private void connected(NetSocket socket) {
    if (opened.future().isComplete()) {
      socket.close();
      return;
    }
    Wire made = new Wire(context, socket, this);
    wire = made;
    answer(relay.limits().greeting())
        .compose(this::greeted)
        .compose(_ -> hello(made))
        .compose(offered -> encrypt(made, offered))
        .compose(offered -> login(made, offered))
        .onSuccess(offered -> opened.tryComplete(new Opened(made, offered)))
        .onFailure(this::fail);
  }

  private Future<SmtpReply> answer(Duration within) {
    Promise<SmtpReply> promise = Promise.promise();
    awaited = promise;
    if (wire != null) {
      wire.ringAfter(within);
    }
    return promise.future();
  }

  private Future<SmtpReply> ask(Wire made, String line) {
    made.write(line + "\r\n");
    return answer(relay.limits().command());
  }

  private Future<SmtpReply> greeted(SmtpReply reply) {
    return reply.code() == 220
        ? Future.succeededFuture(reply)
        : Future.failedFuture(Unready.greetedBy(reply));
  }

  private Future<Capabilities> hello(Wire made) {
    return ask(made, "EHLO " + relay.ownName())
        .compose(
            reply ->
                reply.code() == 250
                    ? Future.succeededFuture(Capabilities.of(reply))
                    : Future.failedFuture(Unready.because(reply)));
  }

  /** A server that offers STARTTLS and then cannot is not trusted in clear either. */
  private Future<Capabilities> encrypt(Wire made, Capabilities offered) {
    if (made.isEncrypted() || relay.tls() == Tls.DISABLED) {
      return Future.succeededFuture(offered);
    }
    if (!offered.startTls()) {
      return relay.tls() == Tls.OPTIONAL
          ? Future.succeededFuture(offered)
          : Future.failedFuture(Unready.because("tls", "the relay does not offer STARTTLS"));
    }
    return ask(made, "STARTTLS")
        .compose(
            reply ->
                reply.code() == 220
                    ? handshake(made)
                    : Future.failedFuture(Unready.because("tls", reply.answer())))
        .compose(_ -> hello(made));
  }

  private Future<Void> handshake(Wire made) {
    encrypting = true;
    made.ringAfter(relay.limits().command());
    return made.encrypt()
        .recover(failure -> Future.failedFuture(Unready.because("tls", String.valueOf(failure))))
        .compose(
            _ -> {
              encrypting = false;
              return made.isQuiet()
                  ? Future.succeededFuture()
                  : Future.failedFuture(Unready.because("tls", "words before encryption"));
            });
  }

  private Future<Capabilities> login(Wire made, Capabilities offered) {
    if (relay.login().isEmpty()) {
      return Future.succeededFuture(offered);
    }
    return made.isEncrypted() || relay.tls() == Tls.DISABLED
        ? new Authentication(relay.login().get(), line -> ask(made, line))
            .by(offered.logins())
            .map(offered)
        : Future.failedFuture(Unready.because("tls", "a login is not said in clear"));
  }

  @Override
  public void heard(SmtpReply reply) {
    Promise<SmtpReply> promise = awaited;
    awaited = null;
    if (encrypting) {
      fail(Unready.because("tls", "words before encryption"));
    } else if (promise == null) {
      fail(Unready.because("protocol", "an answer that nobody asked for"));
    } else {
      promise.complete(reply);
    }
  }

  @Override
  public void rang() {
    fail(Unready.because(Wire.Loss.TIMEOUT));
  }

  @Override
  public void lost(Wire.Loss loss) {
    fail(encrypting ? Unready.because("tls", loss.words()) : Unready.because(loss));
  }

  /** The lane is closing. */
  void giveUp() {
    context.runOnContext(_ -> fail(Unready.because("closing", "the lane is closing")));
  }

  private void fail(Throwable failure) {
    if (opened.tryFail(Unready.of(failure)) && wire != null) {
      wire.cut();
    }
  }
}
