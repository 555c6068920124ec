package org.tocsin.bench.load;

import java.io.IOException;
import java.time.InstantSource;
import org.tocsin.bench.receiver.WebhookReception;

/**
 * Posts webhooks as fast as the machine can: one in flight on each connection, and what is sent is
 * made beforehand.
 */
public final class BareHttpClient {
  private BareHttpClient() {}

  /**
   * What is posted.
   *
   * @param size of the body in bytes
   * @param endpoints over which the messages go in turn
   * @param signEach signs every message as the hub does; else each connection repeats one that was
   *     signed beforehand, which is the limit of the wire alone
   */
  public record Post(int size, int endpoints, boolean signEach) {}

  /**
   * @param reception knows the endpoints' secrets
   */
  public static BareFigure run(
      BareLoad load, Post post, WebhookReception reception, InstantSource clock)
      throws IOException {
    try (TalkLoop loop = new TalkLoop(load.port(), load.connections())) {
      Quota quota = new Quota(load);
      long start = System.nanoTime();
      loop.run(() -> new PostTalk(quota, post, reception, clock));
      return new BareFigure(quota.taken(), System.nanoTime() - start);
    }
  }
}
