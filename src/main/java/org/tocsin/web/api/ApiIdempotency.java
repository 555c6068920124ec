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

/**
 * Gives the same answer to the same Idempotency-Key. The claim stands before the effect begins and the
 * answer is kept right after it; a crash in between leaves the key claimed for two minutes.
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
    return switch (idempotency.begin(request)) {
      case Replay replay -> new ApiAnswer(replay.answer().status(), new JsonObject(replay.answer().body()));
      case Fresh fresh -> effect(call, operation, fresh);
    };
  }

  private ApiAnswer effect(ApiCall call, ApiOperation operation, Fresh fresh) {
    ApiAnswer answer;
    try {
      answer = operation.handler().apply(call);
    } catch (RuntimeException nothingDone) {
      idempotency.abandon(fresh);
      throw nothingDone;
    }
    database.inTransaction(tx -> idempotency.record(tx, fresh, new Answer(answer.status(), answer.body().encode())));
    return answer;
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
