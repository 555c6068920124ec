package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import org.tocsin.platform.bus.Topic;

/** Somebody left a request at the public form: wake the clerk. Says nothing of who. */
public record SignUpAsked() {
  public static final Topic<SignUpAsked> TOPIC =
      new Topic<>("subscribers.sign_up_asked", news -> new JsonObject(), json -> new SignUpAsked());
}
