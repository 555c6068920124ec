package org.tocsin.platform.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes news to all who listen, on every node. */
public final class Bus {
  private static final Logger log = LoggerFactory.getLogger(Bus.class);

  private final Vertx vertx;

  public Bus(Vertx vertx) {
    this.vertx = vertx;
  }

  public <T> void publish(Topic<T> topic, T news) {
    vertx.eventBus().publish(topic.address(), topic.toJson().apply(news));
  }

  /**
   * Each message runs on a virtual thread of its own; what a listener throws is logged, not
   * returned.
   */
  public <T> Subscription on(Topic<T> topic, Consumer<T> listener) {
    MessageConsumer<JsonObject> consumer =
        vertx
            .eventBus()
            .consumer(
                topic.address(),
                message ->
                    Thread.ofVirtual()
                        .name(topic.address())
                        .start(() -> hear(topic, listener, message.body())));
    return () -> consumer.unregister();
  }

  private static <T> void hear(Topic<T> topic, Consumer<T> listener, JsonObject body) {
    try {
      listener.accept(topic.fromJson().apply(body));
    } catch (Throwable failure) {
      log.atError()
          .addKeyValue("topic", topic.address())
          .setCause(failure)
          .log("A listener failed");
    }
  }

  /** Ends listening. */
  @FunctionalInterface
  public interface Subscription {
    void end();
  }
}
