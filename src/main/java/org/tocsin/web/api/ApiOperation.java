package org.tocsin.web.api;

import java.util.function.Function;
import java.util.function.Supplier;
import org.tocsin.access.Permission;

/**
 * One line of the API's table: an operationId of openapi.yaml, who may, and what answers.
 *
 * @param handler does what must wait for somebody else; what it answers with does the rest, on the
 *     hub's database alone
 */
public record ApiOperation(
    String id,
    Permission permission,
    Creates creating,
    Function<ApiCall, Supplier<ApiAnswer>> handler) {

  /** Whether a POST creates something, and so takes an Idempotency-Key. */
  public enum Creates {
    NOTHING,
    AT_ONCE,
    /** After a call to somebody else, which no transaction may wait for. */
    OVER_THE_NETWORK
  }

  public static ApiOperation of(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, Creates.NOTHING, later(handler));
  }

  /** A POST that creates: it takes an Idempotency-Key. */
  public static ApiOperation creating(
      String id, Permission permission, Function<ApiCall, ApiAnswer> handler) {
    return new ApiOperation(id, permission, Creates.AT_ONCE, later(handler));
  }

  /** A POST that waits for somebody else and then creates. */
  public static ApiOperation creatingOverTheNetwork(
      String id, Permission permission, Function<ApiCall, Supplier<ApiAnswer>> handler) {
    return new ApiOperation(id, permission, Creates.OVER_THE_NETWORK, handler);
  }

  private static Function<ApiCall, Supplier<ApiAnswer>> later(
      Function<ApiCall, ApiAnswer> handler) {
    return call -> () -> handler.apply(call);
  }

  boolean creates() {
    return creating != Creates.NOTHING;
  }

  ApiAnswer answer(ApiCall call) {
    return handler.apply(call).get();
  }
}
