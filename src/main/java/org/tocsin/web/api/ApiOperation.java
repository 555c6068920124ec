package org.tocsin.web.api;

import java.util.function.Function;
import org.tocsin.access.Permission;

/** One line of the API's table: an operationId of openapi.yaml, who may, and what answers. */
public record ApiOperation(
    String id, Permission permission, Creates creating, Function<ApiCall, ApiAnswer> handler) {

  /** Whether a POST creates something, and so takes an Idempotency-Key. */
  public enum Creates {
    NOTHING,
    /** In the database alone: effect and answer commit together. */
    AT_ONCE,
    /** And calls somebody else meanwhile, which no transaction may wait for. */
    OVER_THE_NETWORK
  }

  public static ApiOperation of(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, Creates.NOTHING, handler);
  }

  /** A POST that creates: it takes an Idempotency-Key. */
  public static ApiOperation creating(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, Creates.AT_ONCE, handler);
  }

  /** A POST that creates and waits for somebody else: its key is claimed before, answered after. */
  public static ApiOperation creatingOverTheNetwork(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, Creates.OVER_THE_NETWORK, handler);
  }

  boolean creates() {
    return creating != Creates.NOTHING;
  }
}
