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
import org.tocsin.access.Idempotency.Fresh;
import org.tocsin.access.Idempotency.Replay;
import org.tocsin.platform.database.Database;
import org.tocsin.web.api.ApiOperation.Creates;

/**
 * Gives the same answer to the same Idempotency-Key. Effect and answer commit together; only where
 * the effect waits for the network is the key claimed before and answered after, and a crash in
 * between leaves it claimed for two minutes.
 */
public final class ApiIdempotency {
  private final Database database;
  private final Idempotency idempotency;

  public ApiIdempotency(Database database, Idempotency idempotency) {
    this.database = database;
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
        operation.creating() == Creates.OVER_THE_NETWORK
            ? claimed(call, operation, request)
            : idempotency.once(request, () -> answer(call, operation));
    return new ApiAnswer(answer.status(), new JsonObject(answer.body()));
  }

  private Answer claimed(ApiCall call, ApiOperation operation, Idempotency.Request request) {
    return switch (idempotency.begin(request)) {
      case Replay replay -> replay.answer();
      case Fresh fresh -> {
        Answer answer;
        try {
          answer = answer(call, operation);
        } catch (RuntimeException refused) {
          idempotency.abandon(fresh);
          throw refused;
        }
        database.inTransaction(tx -> idempotency.record(tx, fresh, answer));
        yield answer;
      }
    };
  }

  private static Answer answer(ApiCall call, ApiOperation operation) {
    ApiAnswer fresh = operation.handler().apply(call);
    return new Answer(fresh.status(), fresh.body().encode());
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
