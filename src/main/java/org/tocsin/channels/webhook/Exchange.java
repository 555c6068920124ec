package org.tocsin.channels.webhook;

import io.vertx.core.MultiMap;

/**
 * What became of one HTTP request. {@code code} is one or two words and holds no address; {@code
 * detail} and {@code body} are others' words and may.
 */
public sealed interface Exchange {
  /**
   * A status line arrived, so the receiver had the request, whatever came after.
   *
   * @param body at most {@link WebhookTransport#MOST_RESPONSE_BYTES} of it
   * @param demonstration the receiver is one that only a demonstration may call
   */
  record Answered(int status, MultiMap headers, String body, boolean demonstration)
      implements Exchange {
    public boolean success() {
      return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /** Nothing of the request left the house, or the server says that it looked at nothing of it. */
  record NotSent(String code, String detail) implements Exchange {}

  /** Some or all of the request was written and no status line came back: it may have been read. */
  record Unanswered(String code, String detail) implements Exchange {}

  /** The guard refused the URL; nothing was sent. */
  record Forbidden(Refusal refusal, String detail) implements Exchange {}
}
