package org.tocsin.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.tocsin.bench.receiver.ReceiverProcess;

/**
 * What a hub needs while it writes to a great many, in a heap that is bounded, against what it
 * needs idle: the curve is flat, however many they are.
 */
public final class MemoryBench {
  private static final String HEAP = "-Xmx512m";
  private static final int POINTS = 60;

  private final BenchOrder order;

  public MemoryBench(BenchOrder order) {
    this.order = order.and(HEAP);
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, Map.of())) {
      ground.subscribe(order.recipients());
      order.say(order.recipients() + " subscribers are there");
      MemoryCurve.Point idle = MemoryCurve.look(fleet.desk(), 0);
      try (MemoryCurve curve = MemoryCurve.begin(fleet.desk())) {
        Trial trial = fleet.send("2031-01", EmailBench.CHANNEL);
        order.say("the issue: " + trial.toJson().encode());
        List<MemoryCurve.Point> points = curve.points();
        double peak = points.stream().mapToDouble(MemoryCurve.Point::heapMb).max().orElseThrow();
        double resident = points.stream().mapToDouble(MemoryCurve.Point::rssMb).max().orElseThrow();
        JsonArray drawn = new JsonArray();
        int every = Math.max(1, points.size() / POINTS);
        for (int i = 0; i < points.size(); i += every) {
          drawn.add(points.get(i).toJson());
        }
        Map<String, String> settings = order.describe(ground.settings());
        return new Figure(
            "memory",
            "MB of heap at most",
            peak,
            idle.heapMb(),
            trial.verified(),
            new JsonObject()
                .put("measured", trial.toJson())
                .put("rss_mb_at_most", resident)
                .put("rss_mb_idle", idle.rssMb())
                .put("curve", drawn),
            settings);
      }
    }
  }
}
