package org.tocsin.bench.receiver;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;

/** A receiver in the test's own process, which remembers everything. */
public final class ReceiverFixture implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Receiver receiver;
  public final RemoteReceiver remote;

  public ReceiverFixture(Reception reception, InstantSource clock) {
    receiver = new Receiver(new ReceiverSettings(reception, 0, 0, 1, true, Faults.NONE), clock);
    vertx.deployVerticle(receiver).await();
    remote = new RemoteReceiver(receiver.controlPort());
  }

  public int port() {
    return receiver.port();
  }

  public long count(String name) {
    return remote.state().getLong(name);
  }

  public long apart(String name) {
    return remote.state().getJsonObject("apart").getLong(name, 0L);
  }

  /** One rule, e.g. {@code at=dot do=drop}. */
  public void rule(Object... namesAndValues) {
    JsonObject rule = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      rule.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    remote.faults(new JsonObject().put("rules", new JsonArray().add(rule)));
  }

  @Override
  public void close() {
    remote.close();
    vertx.close().await();
  }
}
