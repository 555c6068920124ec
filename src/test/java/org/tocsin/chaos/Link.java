package org.tocsin.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.testing.HubProcess;

/** The only way to one port of a node. While it is cut nobody gets there. */
final class Link implements AutoCloseable {
  private static final String HERE = "127.0.0.1";

  private final int port = HubProcess.freePort();
  private final NetServer server;
  private final NetClient client;
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  private Link(Vertx vertx) {
    this.server = vertx.createNetServer();
    this.client = vertx.createNetClient();
  }

  static Link open(Vertx vertx) {
    Link link = new Link(vertx);
    link.server.connectHandler(link::forward).listen(0, HERE).await();
    return link;
  }

  /** Where the node really listens. */
  int port() {
    return port;
  }

  /** Where the others find it. */
  String way() {
    return HERE + ":" + server.actualPort();
  }

  private void forward(NetSocket near) {
    keep(near);
    if (isCut) {
      near.close();
      return;
    }
    near.pause();
    client
        .connect(port, HERE)
        .onFailure(_ -> near.close())
        .onSuccess(
            far -> {
              keep(far);
              near.closeHandler(_ -> far.close());
              far.closeHandler(_ -> near.close());
              near.pipeTo(far);
              far.pipeTo(near);
            });
  }

  private void keep(NetSocket socket) {
    open.add(socket);
    if (isCut) {
      socket.close();
    }
  }

  void cut() {
    isCut = true;
    open.forEach(NetSocket::close);
    open.clear();
  }

  void mend() {
    isCut = false;
  }

  @Override
  public void close() {
    cut();
    server.close().await();
    client.close().await();
  }
}
