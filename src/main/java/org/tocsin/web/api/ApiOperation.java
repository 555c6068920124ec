package org.tocsin.web.api;

import java.util.function.Function;
import org.tocsin.access.Permission;

/** One line of the API's table: an operationId of openapi.yaml, who may, and what answers. */
public record ApiOperation(
    String id, Permission permission, boolean creates, Function<ApiCall, ApiAnswer> handler) {

  public static ApiOperation of(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, false, handler);
  }

  /** A POST that creates: it takes an Idempotency-Key. */
  public static ApiOperation creating(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, true, handler);
  }
}
