package org.tocsin.bench.load;

/** Hands out the numbers of messages until there are enough or it is late. For one thread. */
final class Quota {
  /** What is handed out when there is no more. */
  static final long NONE = -1;

  private final BareLoad load;
  private final long end;
  private long taken;

  Quota(BareLoad load) {
    this.load = load;
    this.end = System.nanoTime() + load.longest().toNanos();
  }

  long next() {
    boolean over = taken == load.most() || System.nanoTime() - end > 0;
    return over ? NONE : load.first() + taken++;
  }

  long taken() {
    return taken;
  }
}
