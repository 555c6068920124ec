package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.email.smtp.RelayFault.Stage;
import org.tocsin.channels.email.smtp.RelayFault.What;
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
  private volatile Stage stage = Stage.CONNECT;

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

  /** From any thread: what it waits for just now. */
  Stage stage() {
    return stage;
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
    stage = Stage.GREETING;
    answer(relay.limits().times().greeting())
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
    return answer(relay.limits().times().command());
  }

  private Future<SmtpReply> greeted(SmtpReply reply) {
    return reply.code() == 220
        ? Future.succeededFuture(reply)
        : Future.failedFuture(Unready.answered(stage, reply));
  }

  private Future<Capabilities> hello(Wire made) {
    stage = Stage.EHLO;
    return ask(made, "EHLO " + relay.ownName())
        .compose(
            reply ->
                reply.code() == 250
                    ? Future.succeededFuture(Capabilities.of(reply))
                    : Future.failedFuture(Unready.answered(stage, reply)));
  }

  /** A server that offers STARTTLS and then cannot is not trusted in clear either. */
  private Future<Capabilities> encrypt(Wire made, Capabilities offered) {
    if (made.isEncrypted() || relay.tls() == Tls.DISABLED) {
      return Future.succeededFuture(offered);
    }
    stage = Stage.STARTTLS;
    if (!offered.startTls()) {
      return relay.tls() == Tls.OPTIONAL
          ? Future.succeededFuture(offered)
          : Future.failedFuture(Unready.because(stage, What.NOT_OFFERED));
    }
    return ask(made, "STARTTLS")
        .compose(
            reply ->
                reply.code() == 220
                    ? handshake(made)
                    : Future.failedFuture(Unready.answered(stage, reply)))
        .compose(_ -> hello(made));
  }

  private Future<Void> handshake(Wire made) {
    stage = Stage.TLS;
    made.ringAfter(relay.limits().times().command());
    return made.encrypt()
        .compose(
            _ ->
                made.isQuiet()
                    ? Future.succeededFuture()
                    : Future.failedFuture(Unready.because(stage, What.EARLY_WORDS)));
  }

  private Future<Capabilities> login(Wire made, Capabilities offered) {
    if (relay.login().isEmpty()) {
      return Future.succeededFuture(offered);
    }
    stage = Stage.AUTH;
    return made.isEncrypted() || relay.tls() == Tls.DISABLED
        ? new Authentication(relay.login().get(), line -> ask(made, line))
            .by(offered.logins())
            .map(offered)
        : Future.failedFuture(Unready.because(stage, What.IN_CLEAR));
  }

  @Override
  public void heard(SmtpReply reply) {
    Promise<SmtpReply> promise = awaited;
    awaited = null;
    if (stage == Stage.TLS) {
      fail(Unready.because(stage, What.EARLY_WORDS));
    } else if (promise == null) {
      fail(Unready.because(stage, What.GARBLED));
    } else {
      promise.complete(reply);
    }
  }

  @Override
  public void rang() {
    fail(Unready.because(stage, What.SILENT));
  }

  @Override
  public void lost(Wire.Loss loss) {
    fail(Unready.because(stage, loss.at(stage)));
  }

  /** The lane is closing. */
  void giveUp() {
    context.runOnContext(_ -> fail(Unready.closing()));
  }

  private void fail(Throwable failure) {
    if (opened.tryFail(Unready.of(stage, failure)) && wire != null) {
      wire.cut();
    }
  }
}
