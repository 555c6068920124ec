package org.tocsin.channels.webhook;

import java.time.Duration;
import java.time.InstantSource;

/** The channel as it is, but that it does not wait 15 seconds for a test's hanging receiver. */
public final class HastyWebhooks {
  private HastyWebhooks() {}

  public static WebhookChannel channel(
      WebhookTransport transport, InstantSource clock, Duration deadline) {
    return new WebhookChannel(transport, clock, deadline);
  }
}
