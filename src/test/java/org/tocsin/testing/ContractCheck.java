package org.tocsin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tocsin.web.api.Contract;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Holds answers against openapi.yaml, more strictly than a client should: the status, the media
 * type and every field must be documented. Remembers which operations did what they are for.
 */
public final class ContractCheck {
  private static final String API = "/api/v1";
  private static final String PROBLEM = "application/problem+json";

  /** What is wrong with an address or a method is nobody's operation, and told alike. */
  private static final Set<Integer> OF_NO_OPERATION = Set.of(404, 405);

  private final Contract contract;
  private final ResponseValidator validator;
  private final JsonObject source = new JsonObject(yaml(Contract.read()));
  private final DocumentedFields fields = new DocumentedFields(source);
  private final Set<String> succeeded = new TreeSet<>();

  public ContractCheck(Vertx vertx) {
    this.contract = Contract.load(vertx, "http://localhost" + API);
    this.validator = ResponseValidator.create(vertx, contract.parsed());
  }

  private static Map<String, Object> yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  public List<ContractOperation> operations() {
    return ContractOperation.all(source);
  }

  /** The body of an answer that is what the contract promises. */
  public JsonObject check(HttpResponse<String> answer) {
    HttpRequest request = answer.request();
    String path = request.uri().getPath();
    Operation operation =
        contract.parsed().findOperation(path, HttpMethod.valueOf(request.method()));
    String what = request.method() + " " + path + " -> " + answer.statusCode();
    JsonObject body = new JsonObject(answer.body());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (operation == null) {
      assertThat(OF_NO_OPERATION).as(what).contains(answer.statusCode());
      assertThat(type).as(what).isEqualTo(PROBLEM);
      fields.check(what, fields.component("schemas", "Problem"), body);
      return body;
    }
    Map<String, String> headers = new HashMap<>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    check(operation, answer.statusCode(), headers, type, body, what);
    if (answer.statusCode() / 100 == 2) {
      succeeded.add(operation.getOperationId());
    }
    return body;
  }

  private void check(
      Operation operation,
      int status,
      Map<String, String> headers,
      String type,
      JsonObject body,
      String what) {
    JsonObject responses =
        operations().stream()
            .filter(one -> one.id().equals(operation.getOperationId()))
            .findFirst()
            .orElseThrow()
            .written()
            .getJsonObject("responses");
    assertThat(responses.fieldNames()).as(what + ": " + body).contains("" + status);
    JsonObject content =
        fields.resolve(responses.getJsonObject("" + status)).getJsonObject("content");
    assertThat(content.fieldNames()).as(what).containsExactly(type);
    assertThat(type.equals(PROBLEM)).as(what).isEqualTo(status >= 400);
    validator
        .validate(
            ValidatableResponse.create(
                status,
                headers,
                Buffer.buffer(body.encode()),
                type.replace(PROBLEM, "application/json")),
            operation.getOperationId())
        .await();
    fields.check(what, content.getJsonObject(type).getJsonObject("schema"), body);
  }

  /** The operations that nobody saw succeed yet. */
  public Set<String> unexercised() {
    return operations().stream()
        .map(ContractOperation::id)
        .filter(id -> !succeeded.contains(id))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
