package org.tocsin.broadcasts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next recipients of a segment ready while those before them are under way, so that
 * neither the database's answers nor the printing hold up the sending.
 */
final class Lookahead {
  private static final Executor PRINTERS = task -> Thread.ofVirtual().name("print").start(task);

  private final List<Pending> left;
  private final int chunk;
  private final Function<List<Pending>, List<Ready>> prepare;
  private final Deque<Ready> ready = new ArrayDeque<>();
  private @Nullable CompletableFuture<List<Ready>> underWay;
  private int next;

  /**
   * @param chunk how many are made ready together; twice as many may be ready at once
   */
  Lookahead(List<Pending> left, int chunk, Function<List<Pending>, List<Ready>> prepare) {
    this.left = left;
    this.chunk = chunk;
    this.prepare = prepare;
  }

  /**
   * Up to so many of the next, at least one unless none is left or wanted; they stay until taken.
   */
  List<Ready> next(int most) {
    boolean needed = most > 0 && ready.isEmpty();
    if (needed) {
      begin();
    }
    if (needed || (underWay != null && underWay.isDone())) {
      join();
    }
    if (ready.size() < chunk) {
      begin();
    }
    return ready.stream().limit(most).toList();
  }

  /** All of them were taken. */
  boolean isExhausted() {
    return next == left.size() && underWay == null && ready.isEmpty();
  }

  private void begin() {
    if (underWay == null && next < left.size()) {
      List<Pending> batch = left.subList(next, Math.min(next + chunk, left.size()));
      next += batch.size();
      underWay = CompletableFuture.supplyAsync(() -> prepare.apply(batch), PRINTERS);
    }
  }

  private void join() {
    if (underWay == null) {
      return;
    }
    try {
      ready.addAll(underWay.join());
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException why ? why : failed;
    } finally {
      underWay = null;
    }
  }

  /** Takes them out; while they are under way those behind them are made ready. */
  List<Ready> take(int many) {
    List<Ready> taken = new ArrayList<>(many);
    for (int i = 0; i < many; i++) {
      taken.add(ready.remove());
    }
    if (ready.size() < chunk) {
      begin();
    }
    return taken;
  }
}
