package org.tocsin.channels.webhook;

import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The requests of which a server says for certain that it looked at nothing: a stream it reset with
 * REFUSED_STREAM (RFC 9113, 8.7), and those above the last that its GOAWAY names (6.8).
 */
final class UnreadStreams {
  private static final long REFUSED_STREAM = 0x7;

  /** The lowest last stream that each connection named; gone with the connection. */
  private final Map<HttpConnection, Integer> last =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Before it leaves: hears which of its connection's streams are not looked at. */
  void watch(HttpClientRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      HttpConnection connection = request.connection();
      connection.goAwayHandler(farewell -> note(connection, farewell));
    }
  }

  private void note(HttpConnection connection, GoAway farewell) {
    last.merge(connection, farewell.getLastStreamId(), Math::min);
  }

  /** Whether this is one of them, which then reached nobody. */
  boolean hold(HttpClientRequest request, Throwable failure) {
    Integer looked = last.get(request.connection());
    return (looked != null && request.streamId() > looked)
        || (failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM);
  }
}
