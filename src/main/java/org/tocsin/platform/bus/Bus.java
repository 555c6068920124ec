package org.tocsin.platform.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes news to all who listen: here at once, and to every other node through its bus, which
 * passes it on there.
 *
 * <p>Invariant: what is published here is heard here, whatever becomes of the cluster; all
 * listeners are local, and {@link #ELSEWHERE} is the only address that can be reached from outside.
 */
public final class Bus {
  private static final Logger log = LoggerFactory.getLogger(Bus.class);
  private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

  static final String ELSEWHERE = "news";
  private static final String TOPIC = "topic";
  private static final String NODE = "node";

  private final Vertx vertx;
  private final String node = UUID.randomUUID().toString();
  private final AtomicLong heard = new AtomicLong();

  public Bus(Vertx vertx) {
    this.vertx = vertx;
    if (vertx.isClustered()) {
      vertx.eventBus().consumer(ELSEWHERE, this::passOn);
    }
  }

  public <T> void publish(Topic<T> topic, T news) {
    JsonObject body = topic.toJson().apply(news);
    vertx.eventBus().publish(topic.address(), body, HERE);
    if (vertx.isClustered()) {
      vertx
          .eventBus()
          .publish(
              ELSEWHERE,
              body,
              new DeliveryOptions().addHeader(TOPIC, topic.address()).addHeader(NODE, node));
    }
  }

  private void passOn(Message<JsonObject> news) {
    String topic = news.headers().get(TOPIC);
    if (topic != null && !node.equals(news.headers().get(NODE))) {
      heard.incrementAndGet();
      vertx.eventBus().publish(topic, news.body(), HERE);
    }
  }

  /** How often another node had news. */
  public long heardFromElsewhere() {
    return heard.get();
  }

  /**
   * Each message runs on a virtual thread of its own; what a listener throws is logged, not
   * returned.
   */
  public <T> Subscription on(Topic<T> topic, Consumer<T> listener) {
    MessageConsumer<JsonObject> consumer =
        vertx
            .eventBus()
            .localConsumer(
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
