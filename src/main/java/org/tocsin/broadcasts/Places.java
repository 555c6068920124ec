package org.tocsin.broadcasts;

/** The places that one run holds: one for each who is granted and not settled. */
final class Places implements AutoCloseable {
  private final Passage passage;
  private final Lane lane;
  private final boolean stop;
  private int held;

  Places(Passage passage, Work work) {
    this.passage = passage;
    this.lane = work.lane();
    this.stop = work.isStop();
  }

  /**
   * How many of so many may leave now.
   *
   * @param settling held for those whom the same statement settles, see {@link Window#take}
   */
  int take(int wanted, int settling) {
    int room = stop ? passage.takeForStop(wanted, settling) : passage.take(lane, wanted, settling);
    held += Math.max(0, room - settling);
    return room;
  }

  /** Gives back all but so many. */
  void keep(int needed) {
    if (held > needed) {
      passage.giveBack(lane, held - needed);
      held = needed;
    }
  }

  @Override
  public void close() {
    keep(0);
  }
}
