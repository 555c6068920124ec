package org.tocsin.release;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What is to be let go, where and when.
 *
 * @param audience by channel, whom it may reach: {@code {"email": {"audience": "subscribers",
 *     "selection": {…}}}}; its keys are the channels
 */
public record ReleaseOrder(ApprovalId approval, JsonObject audience, Instant notBefore, Mode mode) {
  /** After the Common Alerting Protocol; only ACTUAL reaches a production audience. */
  public enum Mode {
    ACTUAL,
    EXERCISE,
    TEST
  }
}
