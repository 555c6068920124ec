package org.tocsin.bench;

import io.vertx.core.json.JsonObject;

/**
 * The newsletter that benches send: a page of prose with a greeting and links of its reader's own.
 */
final class BenchLetter {
  private static final String LETTERS =
      "The committee wrote, and the **ministry** answered; we print both letters. ";
  private static final String VISITS =
      "Colleagues in three countries were visited by our observers. ";
  private static final String MARKDOWN =
      "# What the month brought\n\n" + LETTERS.repeat(6) + "\n\n" + VISITS.repeat(9) + "\n";

  private BenchLetter() {}

  /**
   * What has been released.
   *
   * @param broadcasts by channel
   * @param at {@link System#nanoTime} just before it was asked for
   */
  record Released(JsonObject broadcasts, long at) {
    String broadcast(String channel) {
      return broadcasts.getString(channel);
    }
  }

  static Released release(HubNode desk, String month) {
    String id = desk.approveNewsletter(month, "News of " + month, MARKDOWN);
    long at = System.nanoTime();
    return new Released(desk.releaseNewsletter(id), at);
  }
}
