package org.tocsin.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * The few files that pages need, held in memory; their URL names their content, so they never go
 * stale.
 */
final class Assets {
  private record Asset(String type, Buffer bytes, String hash) {}

  private final Map<String, Asset> assets = new LinkedHashMap<>();

  Assets() {
    add("tocsin.css", "/static/tocsin.css", "text/css; charset=utf-8");
    add("mark.svg", "/static/mark.svg", "image/svg+xml");
    add(
        "htmx.js",
        "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js",
        "text/javascript; charset=utf-8");
  }

  private void add(String name, String resource, String type) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing asset " + resource);
      }
      byte[] bytes = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assets.put(
          name, new Asset(type, Buffer.buffer(bytes), HexFormat.of().formatHex(digest, 0, 6)));
    } catch (IOException | NoSuchAlgorithmException failure) {
      throw new UncheckedIOException("cannot read " + resource, new IOException(failure));
    }
  }

  String url(String name) {
    return "/assets/" + asset(name).hash() + "/" + name;
  }

  void serve(RoutingContext ctx) {
    Asset asset = asset(Params.path(ctx, "name"));
    ctx.response()
        .putHeader("Content-Type", asset.type())
        .putHeader("Cache-Control", "public, max-age=31536000, immutable")
        .end(asset.bytes());
  }

  /** Browsers ask for it by this name, whatever the page says. */
  void favicon(RoutingContext ctx) {
    ctx.response()
        .putHeader("Content-Type", "image/svg+xml")
        .putHeader("Cache-Control", "public, max-age=86400")
        .end(asset("mark.svg").bytes());
  }

  private Asset asset(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new NotFound("file");
    }
    return asset;
  }
}
