package org.tocsin.channels.email;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * No destination has more than its share of the connections at once, so that one that answers
 * slowly does not hold up what goes elsewhere.
 */
final class Shares {
  private final int most;
  private final Map<String, Line> lines = new HashMap<>();

  private static final class Line {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;
  }

  Shares(int most) {
    this.most = most;
  }

  /** Begins at once where there is a place, else when there is; {@link #leave} it afterwards. */
  void take(String destination, Runnable begin) {
    synchronized (this) {
      Line line = lines.computeIfAbsent(destination, _ -> new Line());
      if (line.taken == most) {
        line.waiting.add(begin);
        return;
      }
      line.taken++;
    }
    begin.run();
  }

  void leave(String destination) {
    Runnable next;
    synchronized (this) {
      Line line = lines.get(destination);
      if (line == null) {
        return;
      }
      next = line.waiting.poll();
      if (next == null && --line.taken == 0) {
        lines.remove(destination);
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
