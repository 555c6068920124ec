package org.tocsin.web.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Unauthenticated;
import org.tocsin.web.Failures;
import org.tocsin.web.Identity;
import org.tocsin.web.Visitor;

/**
 * Binds openapi.yaml to its operations by operationId. A request is first asked who makes it, then
 * whether they may, then whether it is what the contract says; only then an operation sees it.
 */
public final class ApiRouter {
  private static final String BEARER = "Bearer ";
  private static final String JSON = "application/json";

  private final Contract contract;
  private final Identity identity;
  private final Failures failures;
  private final ApiIdempotency idempotency;

  public ApiRouter(
      Contract contract, Identity identity, Failures failures, ApiIdempotency idempotency) {
    this.contract = contract;
    this.identity = identity;
    this.failures = failures;
    this.idempotency = idempotency;
  }

  /** Fails where an operation of the contract is bound to nothing, or something to no operation. */
  public Router build(Vertx vertx, List<ApiOperation> operations) {
    RouterBuilder builder = RouterBuilder.create(vertx, contract.parsed());
    RequestValidator validator = RequestValidator.create(vertx, contract.parsed());
    for (OpenAPIRoute route : builder.getRoutes()) {
      String id = route.getOperation().getOperationId();
      ApiOperation operation =
          operations.stream()
              .filter(candidate -> candidate.id().equals(id))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("nothing answers operation " + id));
      route.setDoValidation(false).setDoSecurity(false);
      route.addHandler(ctx -> answer(ctx, route.getOperation(), operation, validator));
    }
    if (operations.size() != builder.getRoutes().size()) {
      throw new IllegalStateException("an operation is bound that openapi.yaml does not have");
    }
    Router router = builder.createRouter();
    router
        .get("/openapi.yaml")
        .handler(
            ctx ->
                ctx.response().putHeader("Content-Type", "application/yaml").end(contract.text()));
    router.route().failureHandler(failures::json);
    return router;
  }

  private void answer(
      RoutingContext ctx,
      Operation contractOperation,
      ApiOperation operation,
      RequestValidator validator) {
    Optional<String> token = token(ctx);
    Optional<StaffMember> staff = token.flatMap(identity::bearer);
    if (operation.permission() != Permission.ANYONE) {
      if (staff.isEmpty()) {
        throw unauthenticated(ctx, token);
      }
      if (!staff.get().may(operation.permission())) {
        throw new Forbidden(
            "role_missing",
            "The token's roles and scope do not allow " + described(operation.permission()));
      }
    }
    Buffer body = ctx.body().buffer();
    if (body != null && body.length() > 0) {
      if (!isJson(ctx)) {
        ctx.fail(415);
        return;
      }
      // The validator tells capitals and parameters apart, which mean nothing here (RFC 8259, 11).
      ctx.request().headers().set(HttpHeaders.CONTENT_TYPE, JSON);
      JsonText.check(body);
    }
    ApiCall call =
        new ApiCall(ctx, validated(ctx, contractOperation, validator), staff.orElse(null));
    ApiAnswer answer =
        operation.creates()
            ? idempotency.once(ctx, call, operation, who(ctx, staff))
            : operation.answer(call);
    ctx.response()
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(answer.body().toBuffer());
  }

  private static String described(Permission permission) {
    return permission.needs().isEmpty()
        ? permission.word()
        : permission.word()
            + " (which is lent only together with "
            + permission.needs().stream().map(Permission::word).collect(Collectors.joining(", "))
            + ")";
  }

  /** Whose keys they are; the nameless are told apart by where they come from. */
  private static String who(RoutingContext ctx, Optional<StaffMember> staff) {
    return staff
        .map(member -> member.id().actor())
        .orElseGet(() -> "source:" + Visitor.source(ctx));
  }

  private static Optional<String> token(RoutingContext ctx) {
    String header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /** With the challenge of RFC 6750, 3.1. */
  private Unauthenticated unauthenticated(RoutingContext ctx, Optional<String> token) {
    boolean expired = token.filter(identity::expired).isPresent();
    ctx.response()
        .putHeader("WWW-Authenticate", expired ? "Bearer error=\"invalid_token\"" : "Bearer");
    return expired
        ? new Unauthenticated("token_expired", "This token has ended; have a new one made")
        : new Unauthenticated("unauthenticated", "Send a token: Authorization: Bearer …");
  }

  private static boolean isJson(RoutingContext ctx) {
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON);
  }

  private static ValidatedRequest validated(
      RoutingContext ctx, Operation operation, RequestValidator validator) {
    try {
      return RequestExtractor.withBodyHandler()
          .extractValidatableRequest(ctx, operation)
          .compose(request -> validator.validate(request, operation.getOperationId()))
          .await();
    } catch (ValidatorException wrong) {
      throw ContractErrors.of(wrong);
    } catch (DecodeException notJson) {
      throw JsonText.malformed();
    }
  }
}
