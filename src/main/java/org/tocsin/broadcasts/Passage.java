package org.tocsin.broadcasts;

/** What must be free before anything leaves on one channel: places of the node, and of the rate. */
record Passage(String channel, Window window, Throttle throttle) {
  /** How many of so many may leave now. */
  int take(Lane lane, int wanted) {
    int allowed = throttle.take(lane, wanted);
    int places = window.take(channel, lane, allowed);
    throttle.putBack(lane, allowed - places);
    return places;
  }

  /** Nothing of these left. */
  void putBack(Lane lane, int places) {
    throttle.putBack(lane, places);
    window.giveBack(channel, lane, places);
  }

  /** These are settled. */
  void giveBack(Lane lane, int places) {
    throttle.used(lane, places);
    window.giveBack(channel, lane, places);
  }

  /** Returns when there may be a place, or after a while. */
  void await(Lane lane) {
    throttle.await();
    window.awaitPlace(channel, lane);
  }
}
