package org.tocsin.web.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Idempotency;
import org.tocsin.access.Idempotency.Answer;
import org.tocsin.access.Idempotency.Fresh;
import org.tocsin.access.Idempotency.Replay;
import org.tocsin.web.api.ApiOperation.Creates;

/**
 * Gives the same answer to the same Idempotency-Key. Effect and answer commit together, so that no
 * crash comes between them; only where a call over the network goes before is the key claimed
 * before, and a crash meanwhile leaves nothing but the claim, for two minutes.
 */
public final class ApiIdempotency {
  private final Idempotency idempotency;

  public ApiIdempotency(Idempotency idempotency) {
    this.idempotency = idempotency;
  }

  /** Whoever asks has keys of their own for every address. */
  ApiAnswer once(RoutingContext ctx, ApiCall call, ApiOperation operation, String who) {
    Optional<String> key = call.header("Idempotency-Key");
    if (key.isEmpty()) {
      return operation.answer(call);
    }
    Idempotency.Request request =
        new Idempotency.Request(
            who + " " + ctx.request().path(), key.get(), text(ctx.body().buffer()));
    Answer answer =
        operation.creating() == Creates.OVER_THE_NETWORK
            ? claimed(call, operation, request)
            : idempotency.once(request, () -> kept(operation.answer(call)));
    return new ApiAnswer(answer.status(), new JsonObject(answer.body()));
  }

  private Answer claimed(ApiCall call, ApiOperation operation, Idempotency.Request request) {
    return switch (idempotency.begin(request)) {
      case Replay replay -> replay.answer();
      case Fresh fresh -> {
        try {
          Supplier<ApiAnswer> effect = operation.handler().apply(call);
          yield idempotency.finish(fresh, () -> kept(effect.get()));
        } catch (RuntimeException refused) {
          idempotency.abandon(fresh);
          throw refused;
        }
      }
    };
  }

  private static Answer kept(ApiAnswer answer) {
    return new Answer(answer.status(), answer.body().encode());
  }

  /** One character a byte: bodies differ just where their bytes do. */
  private static String text(@Nullable Buffer body) {
    return body == null ? "" : body.toString(StandardCharsets.ISO_8859_1);
  }
}
