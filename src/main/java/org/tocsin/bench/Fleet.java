package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tocsin.bench.receiver.ReceiverProcess;

/** Hubs over one database that send to one receiver; the first of them is where staff work. */
final class Fleet implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ReceiverProcess receiver;
  private final List<HubNode> nodes = new ArrayList<>();

  private Fleet(ReceiverProcess receiver) {
    this.receiver = receiver;
  }

  /**
   * @param more settings than what every hub here needs
   */
  static Fleet start(
      BenchOrder order, BenchGround ground, ReceiverProcess receiver, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(ground.environment());
    if (receiver.speaksSmtp()) {
      environment.putAll(relay(receiver));
    }
    environment.putAll(more);
    Fleet fleet = new Fleet(receiver);
    try {
      for (int number = 1; number <= order.nodes(); number++) {
        fleet.nodes.add(HubNode.start(ground.nodeFolder(number), environment, order.jvm()));
      }
    } catch (RuntimeException failure) {
      fleet.close();
      throw failure;
    }
    return fleet;
  }

  private static Map<String, String> relay(ReceiverProcess receiver) {
    return Map.of(
        "TOCSIN_SMTP_HOST",
        "127.0.0.1",
        "TOCSIN_SMTP_PORT",
        "" + receiver.port(),
        "TOCSIN_SMTP_TLS",
        "disabled",
        "TOCSIN_SMTP_CONNECTIONS",
        "" + EmailBench.CONNECTIONS);
  }

  HubNode desk() {
    return nodes.getFirst();
  }

  /** Releases an issue and waits for the last outcome of its broadcast on one channel. */
  Trial send(String month, String channel) {
    receiver.remote().reset();
    Duration before = cpu();
    BenchLetter.Released letter = BenchLetter.release(desk(), month);
    JsonObject ledger = ended(letter.broadcast(channel));
    double seconds = (System.nanoTime() - letter.at()) / 1e9;
    return new Trial(ledger, receiver.remote().state(), letter.at(), seconds, cpu().minus(before));
  }

  /** The ledger of a broadcast once nothing in it is pending. */
  JsonObject ended(String id) {
    JsonObject ledger = desk().broadcast(id);
    while (ledger.getString("finished_at") == null || ledger.getInteger("pending") > 0) {
      LockSupport.parkNanos(LOOK_NANOS);
      ledger = desk().broadcast(id);
    }
    return ledger;
  }

  /** On a machine that others use too, it says more than the time that went by. */
  private Duration cpu() {
    return nodes.stream()
        .map(node -> node.handle().info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    nodes.forEach(HubNode::close);
  }
}
