package org.tocsin.web.api;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffMember;
import org.tocsin.release.ContentHash;
import org.tocsin.web.Visitor;

/** A request that is what openapi.yaml says, and who makes it. */
public final class ApiCall {
  private final RoutingContext ctx;
  private final ValidatedRequest request;
  private final @Nullable StaffMember staff;

  ApiCall(RoutingContext ctx, ValidatedRequest request, @Nullable StaffMember staff) {
    this.ctx = ctx;
    this.request = request;
    this.staff = staff;
  }

  public StaffMember staff() {
    if (staff == null) {
      throw new IllegalStateException("this operation needs no token");
    }
    return staff;
  }

  public String path(String name) {
    return given(request.getPathParameters().get(name)).map(RequestParameter::getString).orElse("");
  }

  public Optional<String> query(String name) {
    return given(request.getQuery().get(name)).map(RequestParameter::getString);
  }

  public int limit() {
    return given(request.getQuery().get("limit")).map(RequestParameter::getInteger).orElse(100);
  }

  /** The JSON body; empty where none was sent. */
  public JsonObject body() {
    return given(request.getBody()).map(RequestParameter::getJsonObject).orElseGet(JsonObject::new);
  }

  /** Of what the caller read, where they say so. */
  Optional<ContentHash> contentHash() {
    return Optional.ofNullable(body().getString("content_hash")).map(ContentHash::new);
  }

  /** The network the request came from, for caps. */
  public String source() {
    return Visitor.source(ctx);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(ctx.request().getHeader(name));
  }

  private static Optional<RequestParameter> given(@Nullable RequestParameter parameter) {
    return Optional.ofNullable(parameter).filter(present -> !present.isNull());
  }
}
