package org.tocsin.web;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.stream.Stream;

/** Whether a request's target can be read at all: whole escapes, and no NUL behind them. */
final class RequestTarget {
  private RequestTarget() {}

  static boolean isReadable(HttpServerRequest request) {
    try {
      QueryStringDecoder target = new QueryStringDecoder(request.uri());
      return Stream.concat(
              Stream.of(target.path()),
              target.parameters().entrySet().stream()
                  .flatMap(
                      each -> Stream.concat(Stream.of(each.getKey()), each.getValue().stream())))
          .noneMatch(text -> text.indexOf('\0') >= 0);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
