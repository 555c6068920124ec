package org.tocsin.bench.receiver;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * When to do what.
 *
 * @param share of those it fits, from 0 to 1
 * @param to only for this domain or endpoint; empty for all
 * @param after how many good messages on the same connection it begins
 * @param times how often at most; 0 for ever
 * @param perSecond only what exceeds so many a second; 0 for all
 * @param retryAfter seconds, in an HTTP answer; 0 for none
 */
record Rule(
    Stage at,
    Deed deed,
    double share,
    String to,
    int after,
    int times,
    int perSecond,
    int retryAfter) {
  private static final Set<String> KEYS =
      Set.of("at", "do", "share", "to", "after", "times", "per_second", "retry_after");

  Rule {
    if (share < 0 || share > 1 || after < 0 || times < 0 || perSecond < 0 || retryAfter < 0) {
      throw new IllegalArgumentException("share is from 0 to 1, no number is negative");
    }
    if (deed.recorded() && at != Stage.DOT && at != Stage.REQUEST) {
      throw new IllegalArgumentException("only at dot or request is there something to record");
    }
  }

  static Rule of(JsonObject json) {
    Faults.refuseUnknown(json, KEYS);
    return new Rule(
        Stage.of(json.getString("at", "")),
        Deed.of(json.getString("do", "")),
        json.getDouble("share", 1.0),
        json.getString("to", ""),
        json.getInteger("after", 0),
        json.getInteger("times", 0),
        json.getInteger("per_second", 0),
        json.getInteger("retry_after", 0));
  }
}
