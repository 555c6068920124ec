package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tocsin.bench.load.BareFigure;
import org.tocsin.bench.load.BareLoad;
import org.tocsin.bench.load.BareSmtpClient;
import org.tocsin.bench.receiver.ReceiverProcess;

/**
 * A newsletter to everybody, personalised, each outcome durable, against what a bare pipelining
 * client reaches with the same receiver just before and just after.
 */
public final class EmailBench {
  private static final int CONNECTIONS = 8;
  private static final int BYTES = 5_000;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String LETTERS =
      "The committee wrote, and the **ministry** answered; we print both letters. ";
  private static final String VISITS =
      "Colleagues in three countries were visited by our observers. ";
  private static final String MARKDOWN =
      "# What the month brought\n\n" + LETTERS.repeat(6) + "\n\n" + VISITS.repeat(9) + "\n";

  private final BenchOrder order;

  public EmailBench(BenchOrder order) {
    this.order = order;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock())) {
      BareFigure before = bare(receiver);
      List<HubNode> nodes = new ArrayList<>();
      try {
        for (int number = 1; number <= order.nodes(); number++) {
          nodes.add(
              HubNode.start(ground.nodeFolder(number), environment(ground, receiver), List.of()));
        }
        ground.subscribe(order.recipients());
        order.say(order.recipients() + " subscribers are there");
        JsonObject cold = send(nodes, receiver, "2031-01");
        JsonObject warm = send(nodes, receiver, "2031-02");
        order.say("first issue: " + cold.encode());
        return figure(ground, cold, warm, before, bare(receiver));
      } finally {
        nodes.forEach(HubNode::close);
      }
    }
  }

  private BareFigure bare(ReceiverProcess receiver) throws IOException {
    receiver.remote().reset();
    BareFigure bare =
        BareSmtpClient.run(
            new BareLoad(
                receiver.port(),
                CONNECTIONS,
                1,
                Long.MAX_VALUE,
                Duration.ofSeconds(order.seconds())),
            BYTES);
    order.say("bare client: " + Math.round(bare.perSecond()) + " messages a second");
    receiver.remote().reset();
    return bare;
  }

  private static Map<String, String> environment(BenchGround ground, ReceiverProcess receiver) {
    Map<String, String> environment = new HashMap<>(ground.environment());
    environment.put("TOCSIN_SMTP_HOST", "127.0.0.1");
    environment.put("TOCSIN_SMTP_PORT", "" + receiver.port());
    environment.put("TOCSIN_SMTP_TLS", "disabled");
    environment.put("TOCSIN_SMTP_CONNECTIONS", "" + CONNECTIONS);
    return environment;
  }

  /** Releases an issue and waits for its last outcome; what the ledger and the receiver say. */
  private JsonObject send(List<HubNode> nodes, ReceiverProcess receiver, String month) {
    HubNode desk = nodes.getFirst();
    receiver.remote().reset();
    Duration hubs = cpu(nodes);
    String id = desk.releaseNewsletter(month, "News of " + month, MARKDOWN);
    long released = System.nanoTime();
    JsonObject ledger = desk.broadcast(id);
    while (!ledger.getString("state").equals("COMPLETED")) {
      LockSupport.parkNanos(LOOK_NANOS);
      ledger = desk.broadcast(id);
    }
    double seconds = (System.nanoTime() - released) / 1e9;
    JsonObject got = receiver.remote().state();
    return new JsonObject()
        .put("seconds", seconds)
        .put("total", ledger.getInteger("total"))
        .put("sent", ledger.getInteger("sent"))
        .put("received", got.getLong("received"))
        .put("recipients", got.getLong("recipients"))
        .put("duplicates", got.getLong("duplicates") + got.getLong("others"))
        .put("apart", got.getJsonObject("apart"))
        .put("bytes_each", got.getLong("bytes") / Math.max(1, got.getLong("received")))
        .put("first_after_ms", (got.getLong("first_nanos") - released) / 1_000_000)
        .put(
            "hub_cpu_us_each", cpu(nodes).minus(hubs).toNanos() / 1_000 / ledger.getInteger("sent"))
        .put("per_second", Math.round(ledger.getInteger("sent") / seconds));
  }

  /** On a machine that others use too, it says more than the time that went by. */
  private static Duration cpu(List<HubNode> nodes) {
    return nodes.stream()
        .map(node -> node.handle().info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Figure figure(
      BenchGround ground, JsonObject cold, JsonObject warm, BareFigure before, BareFigure after) {
    boolean verified =
        List.of(cold, warm).stream()
            .allMatch(
                run ->
                    run.getLong("received").equals(run.getLong("total"))
                        && run.getLong("recipients").equals(run.getLong("total"))
                        && run.getLong("sent").equals(run.getLong("total"))
                        && run.getLong("duplicates") == 0
                        && run.getJsonObject("apart").isEmpty());
    Map<String, String> settings = ground.settings();
    settings.put("connections", "" + CONNECTIONS);
    settings.put("nodes", "" + order.nodes());
    settings.put("dkim", "" + order.dkim());
    return new Figure(
        "email",
        "messages/s",
        warm.getDouble("per_second"),
        (before.perSecond() + after.perSecond()) / 2,
        verified,
        new JsonObject()
            .put("measured", warm)
            .put("first_run", cold)
            .put("raw_before", Math.round(before.perSecond()))
            .put("raw_after", Math.round(after.perSecond())),
        settings);
  }
}
