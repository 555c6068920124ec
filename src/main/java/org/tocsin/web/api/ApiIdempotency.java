package org.tocsin.web.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.tocsin.access.Idempotency;
import org.tocsin.access.Idempotency.Answer;

/**
 * Gives the same answer to the same Idempotency-Key: the answer is committed in one transaction with
 * the effect, so an operation that creates must not wait for anything but the database.
 */
public final class ApiIdempotency {
  private final Idempotency idempotency;

  public ApiIdempotency(Idempotency idempotency) {
    this.idempotency = idempotency;
  }

  ApiAnswer once(RoutingContext ctx, ApiCall call, ApiOperation operation, String who) {
    Optional<String> key = call.header("Idempotency-Key");
    if (key.isEmpty()) {
      return operation.handler().apply(call);
    }
    Idempotency.Request request =
        new Idempotency.Request(who + " " + operation.id(), key.get(), digest(ctx.body().buffer()));
    Answer answer =
        idempotency.once(
            request,
            () -> {
              ApiAnswer fresh = operation.handler().apply(call);
              return new Answer(fresh.status(), fresh.body().encode());
            });
    return new ApiAnswer(answer.status(), new JsonObject(answer.body()));
  }

  private static byte[] digest(@org.jspecify.annotations.Nullable Buffer body) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(body == null ? "".getBytes(StandardCharsets.UTF_8) : body.getBytes());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
