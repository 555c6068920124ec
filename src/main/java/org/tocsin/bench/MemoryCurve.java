package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks once a second at what a hub holds: its heap by its metrics, all of it by the system. */
final class MemoryCurve implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MB = 1_000_000;
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
  private static final String RESIDENT = "VmRSS:";

  private final HubNode node;
  private final List<Point> points = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean over;

  /** What was held at a second. */
  record Point(int second, double heapMb, double rssMb) {
    JsonObject toJson() {
      return new JsonObject().put("s", second).put("heap", heapMb).put("rss", rssMb);
    }
  }

  private MemoryCurve(HubNode node) {
    this.node = node;
    this.thread = Thread.ofVirtual().name("memory curve").unstarted(this::draw);
  }

  static MemoryCurve begin(HubNode node) {
    MemoryCurve curve = new MemoryCurve(node);
    curve.thread.start();
    return curve;
  }

  private void draw() {
    for (int second = 0; !over; second++) {
      points.add(look(node, second));
      LockSupport.parkNanos(SECOND);
    }
  }

  /** How it stands just now. */
  static Point look(HubNode node, int second) {
    double heap =
        node.management("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith(HEAP))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    return new Point(second, rounded(heap / MB), rounded(resident(node) / MB));
  }

  /** Where the system tells it. */
  private static double resident(HubNode node) {
    Path status = Path.of("/proc/" + node.handle().pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static double rounded(double value) {
    return Math.round(10 * value) / 10.0;
  }

  List<Point> points() {
    return points;
  }

  @Override
  public void close() {
    over = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
