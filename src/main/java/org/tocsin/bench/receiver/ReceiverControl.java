package org.tocsin.bench.receiver;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** What a receiver tells of itself, and how it is told to misbehave, over HTTP. */
final class ReceiverControl {
  private final Logbook logbook;
  private final Function<Faults, Future<?>> misbehave;

  ReceiverControl(Logbook logbook, Function<Faults, Future<?>> misbehave) {
    this.logbook = logbook;
    this.misbehave = misbehave;
  }

  void answer(HttpServerRequest request) {
    switch (request.method() + " " + request.path()) {
      case "GET /state" -> request.response().end(logbook.toJson().encode());
      case "GET /timeline" -> request.response().end(logbook.tally().timeline().toJson().encode());
      case "GET /received" -> request.response().end(logbook.tally().lines());
      case "GET /samples" -> request.response().end(logbook.samples().text());
      case "GET /flawed" -> request.response().end(logbook.samples().flawedText());
      case "POST /reset" -> {
        logbook.reset();
        done(request);
      }
      case "POST /faults" -> request.body().onSuccess(body -> faults(request, body));
      default ->
          refuse(request, 404, "GET state timeline received samples flawed, POST reset faults");
    }
  }

  private void faults(HttpServerRequest request, Buffer body) {
    try {
      misbehave
          .apply(Faults.of(new JsonObject(body)))
          .onComplete(_ -> done(request), failure -> refuse(request, 500, failure.toString()));
    } catch (IllegalArgumentException | ClassCastException | DecodeException wrong) {
      refuse(request, 400, String.valueOf(wrong.getMessage()));
    }
  }

  private static void done(HttpServerRequest request) {
    request.response().setStatusCode(204).end();
  }

  private static void refuse(HttpServerRequest request, int status, String why) {
    request.response().setStatusCode(status).end(why + "\n");
  }
}
