package org.tocsin.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A partner's server on loopback; keeps what it was sent. */
public final class Receiver {
  public record Heard(String method, String path, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  public final int port;
  public final List<Heard> heard;

  private Receiver(int port, List<Heard> heard) {
    this.port = port;
    this.heard = heard;
  }

  public static Receiver answering(Vertx vertx, Handler<HttpServerRequest> answer) {
    return answering(vertx, new HttpServerOptions(), answer);
  }

  public static Receiver answering(
      Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> answer) {
    return conversing(vertx, options, (request, _) -> answer.handle(request));
  }

  /** One that answers to what it heard. */
  public static Receiver conversing(
      Vertx vertx, HttpServerOptions options, BiConsumer<HttpServerRequest, Heard> answer) {
    List<Heard> heard = new CopyOnWriteArrayList<>();
    int port =
        vertx
            .createHttpServer(options)
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              Heard one = heard(request, body);
                              heard.add(one);
                              answer.accept(request, one);
                            }))
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    return new Receiver(port, heard);
  }

  /** Below HTTP: for servers that misbehave. */
  public static Receiver raw(Vertx vertx, Handler<NetSocket> answer) {
    return new Receiver(
        vertx.createNetServer().connectHandler(answer).listen(0, "127.0.0.1").await().actualPort(),
        List.of());
  }

  private static Heard heard(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.merge(
                    header.getKey().toLowerCase(Locale.ROOT),
                    header.getValue(),
                    (one, other) -> one + ", " + other));
    if (request.isSSL()) {
      headers.put("sni", String.valueOf(request.connection().indicatedServerName()));
      headers.put("authority", String.valueOf(request.authority()));
    }
    return new Heard(
        request.version() + " " + request.method(),
        request.uri(),
        headers,
        body.toString(StandardCharsets.UTF_8));
  }

  public String url() {
    return "http://127.0.0.1:" + port + "/hook?tenant=7";
  }
}
