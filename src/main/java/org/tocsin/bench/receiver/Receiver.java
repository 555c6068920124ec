package org.tocsin.bench.receiver;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes mail or webhooks on loopback, swears to what it got, and misbehaves when told to. Deploy
 * one instance of it: it lives on one event loop.
 */
public final class Receiver extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Receiver.class);
  private static final String HOST = "127.0.0.1";
  private static final String HOSTS = "127.0.0.";
  private static final int BACKLOG = 1_024;

  private final ReceiverSettings settings;
  private final InstantSource clock;
  private final Logbook logbook;
  private final Misbehaviour misbehaviour = new Misbehaviour();
  private final Set<NetSocket> sockets = new HashSet<>();
  private @Nullable List<NetServer> servers;
  private long comeback = -1;
  private int port;
  private int controlPort;

  public Receiver(ReceiverSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.logbook = new Logbook(settings.remember());
    this.port = settings.port();
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(new ReceiverControl(logbook, this::misbehave)::answer)
        .listen(settings.controlPort(), HOST)
        .onSuccess(control -> controlPort = control.actualPort())
        .compose(_ -> listen())
        .compose(_ -> misbehave(settings.faults()));
  }

  private Future<?> listen() {
    List<NetServer> listening = new ArrayList<>();
    servers = listening;
    Future<?> bound = Future.succeededFuture();
    for (int host = 1; host <= settings.addresses(); host++) {
      String address = HOSTS + host;
      bound = bound.compose(_ -> listen(listening, address));
    }
    return bound;
  }

  /** The first one finds the port for all. */
  private Future<?> listen(List<NetServer> listening, String address) {
    NetServer server =
        vertx
            .createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG))
            .connectHandler(this::connected);
    listening.add(server);
    return server.listen(port, address).onSuccess(bound -> port = bound.actualPort());
  }

  private void connected(NetSocket socket) {
    logbook.opened();
    sockets.add(socket);
    new ReceiverConnection(vertx, socket, dialogue(), logbook, misbehaviour)
        .open(
            () -> {
              logbook.closed();
              sockets.remove(socket);
            });
  }

  private Dialogue dialogue() {
    return switch (settings.reception()) {
      case MailReception mail -> new SmtpDialogue(mail, logbook, misbehaviour);
      case WebhookReception webhooks -> new HttpDialogue(webhooks, logbook, misbehaviour, clock);
    };
  }

  /**
   * From now on; what was before, even refusing, is over.
   *
   * @throws IllegalArgumentException for a stage that this receiver's protocol does not have
   */
  private Future<?> misbehave(Faults faults) {
    for (Rule rule : faults.rules()) {
      if (!stages().contains(rule.at())) {
        throw new IllegalArgumentException("at is one of " + stages());
      }
    }
    misbehaviour.set(faults);
    vertx.cancelTimer(comeback);
    if (faults.refuseSeconds() == 0) {
      return servers == null ? listen() : Future.succeededFuture();
    }
    comeback =
        vertx.setTimer(
            faults.refuseSeconds() * 1_000L,
            _ ->
                listen().onFailure(taken -> log.atError().setCause(taken).log("Cannot come back")));
    return refuse();
  }

  /** Refusing is for the operating system to do, so the port is really closed meanwhile. */
  private Future<?> refuse() {
    if (servers == null) {
      return Future.succeededFuture();
    }
    List<NetServer> refusing = servers;
    servers = null;
    Set.copyOf(sockets).forEach(NetSocket::close);
    return Future.all(refusing.stream().map(NetServer::close).toList());
  }

  private Set<Stage> stages() {
    return switch (settings.reception()) {
      case MailReception _ -> Stage.OF_MAIL;
      case WebhookReception _ -> Stage.OF_WEBHOOKS;
    };
  }

  /** Where it takes what is sent. */
  public int port() {
    return port;
  }

  /** Where it answers about itself. */
  public int controlPort() {
    return controlPort;
  }
}
