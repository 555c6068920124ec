package org.tocsin.channels.webhook;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request under one deadline. Invariant: it ends exactly once, and one that is broken off cuts
 * its connection. Everything here runs on one Vert.x context, so nothing is locked.
 */
final class WebhookCall {
  private final Vertx vertx;
  private final UnreadStreams unread;
  private final long timer;
  private final Promise<Exchange> promise = Promise.promise();
  private final Buffer read = Buffer.buffer();
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private boolean demonstration;

  WebhookCall(Vertx vertx, UnreadStreams unread, Duration deadline) {
    this.vertx = vertx;
    this.unread = unread;
    this.timer =
        vertx.setTimer(
            deadline.toMillis(),
            _ -> breakOff(new TimeoutException("not done within the deadline")));
  }

  Future<Exchange> exchange() {
    return promise.future();
  }

  void send(HttpClientRequest ready, Buffer body, boolean toDemonstration) {
    if (promise.future().isComplete()) {
      ready.reset();
      return;
    }
    request = ready;
    demonstration = toDemonstration;
    unread.watch(ready);
    ready.exceptionHandler(this::breakOff);
    ready.response().onComplete(this::answered, this::breakOff);
    ready.end(body).onFailure(this::breakOff);
  }

  private void answered(HttpClientResponse answer) {
    response = answer;
    answer.handler(this::read);
    answer.exceptionHandler(this::breakOff);
    answer.endHandler(_ -> end(answer(answer)));
  }

  private void read(Buffer bytes) {
    int room = WebhookTransport.MOST_RESPONSE_BYTES - read.length();
    read.appendBuffer(bytes, 0, Math.min(room, bytes.length()));
    if (bytes.length() > room) {
      breakOff(new IOException("the answer is longer than is read"));
    }
  }

  /**
   * With a status line it was answered; without, but handed over, it is in doubt, unless the server
   * says that it looked at nothing of it.
   */
  void breakOff(Throwable failure) {
    if (promise.future().isComplete()) {
      return;
    }
    if (response != null) {
      end(answer(response));
    } else if (request != null && !unread.hold(request, failure)) {
      end(new Exchange.Unanswered(code(failure), words(failure)));
    } else {
      end(new Exchange.NotSent(code(failure), words(failure)));
    }
    if (request != null) {
      request.reset();
    }
  }

  Future<Exchange> end(Exchange exchange) {
    if (promise.tryComplete(exchange)) {
      vertx.cancelTimer(timer);
    }
    return promise.future();
  }

  private Exchange answer(HttpClientResponse answer) {
    return new Exchange.Answered(
        answer.statusCode(),
        MultiMap.caseInsensitiveMultiMap().addAll(answer.headers()),
        read.toString(StandardCharsets.UTF_8),
        demonstration);
  }

  private static String code(Throwable failure) {
    return switch (failure) {
      case TimeoutException _ -> "timeout";
      case ConnectTimeoutException _ -> "timeout";
      case ConnectException _ -> "connect";
      case NoRouteToHostException _ -> "connect";
      case SSLException _ -> "tls";
      case ConnectionPoolTooBusyException _ -> "busy";
      case HttpClosedException _ -> "closed";
      case IOException _ -> "closed";
      default -> failure.getCause() == null ? "protocol" : code(failure.getCause());
    };
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
