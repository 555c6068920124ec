package org.tocsin.web.api;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;

/** Turns what the contract's validator says into errors that name the field and its rule. */
final class ContractErrors {
  private static final Pattern MISSING = Pattern.compile("required property \"([^\"]+)\"");
  private static final Pattern PARAMETER = Pattern.compile("parameter ([\\w-]+)");
  private static final Pattern LIMIT = Pattern.compile("[<>] (\\d+)\\)");
  private static final Pattern EXPECTED = Pattern.compile("Expected (\\w+)");

  private ContractErrors() {}

  static Invalid of(ValidatorException failure) {
    Map<String, Field> fields = new LinkedHashMap<>();
    if (failure instanceof SchemaValidationException schema
        && schema.getOutputUnit().getErrors() != null) {
      for (OutputUnit error : schema.getOutputUnit().getErrors()) {
        add(fields, error);
      }
    }
    return fields.isEmpty()
        ? new Invalid(parameter(failure), text(failure))
        : new Invalid(List.copyOf(fields.values()));
  }

  /**
   * The validator also calls each field wrong that holds something wrong, and strange each that is
   * wrong: the first rule it broke is what its sender needs to know.
   */
  private static void add(Map<String, Field> fields, OutputUnit error) {
    String said = error.getError() == null ? "" : error.getError();
    String place = error.getInstanceLocation() == null ? "" : error.getInstanceLocation();
    String name = place.replaceFirst("^#/?", "").replace('/', '.');
    switch (keyword(error)) {
      case "required" -> {
        Matcher missing = MISSING.matcher(said);
        if (missing.find()) {
          String inner = (name.isEmpty() ? "" : name + ".") + missing.group(1);
          fields.putIfAbsent(inner, new Field(inner, "This field is required"));
        }
      }
      case "properties", "items" -> {}
      default -> {
        boolean told = fields.keySet().stream().anyMatch(field -> field.startsWith(name + "."));
        if (!name.isEmpty() && !told) {
          fields.putIfAbsent(name, new Field(name, rule(keyword(error), said)));
        }
      }
    }
  }

  private static String keyword(OutputUnit error) {
    String place = error.getKeywordLocation() == null ? "" : error.getKeywordLocation();
    return place.substring(place.lastIndexOf('/') + 1);
  }

  private static String rule(String keyword, String said) {
    return switch (keyword) {
      case "additionalProperties" -> "There is no such field";
      case "pattern" -> "This is not of the form that the contract gives for it";
      case "type" -> "This must be of type " + first(EXPECTED, said);
      case "enum" ->
          "This must be one of " + said.substring(said.indexOf('[') + 1).replace("]", "");
      case "minLength" -> "At least " + first(LIMIT, said) + " characters";
      case "maxLength" -> "At most " + first(LIMIT, said) + " characters";
      case "minItems" -> "At least " + first(LIMIT, said);
      case "maxItems" -> "At most " + first(LIMIT, said);
      default -> said;
    };
  }

  private static String first(Pattern pattern, String said) {
    Matcher found = pattern.matcher(said);
    return found.find() ? found.group(1) : said;
  }

  private static String parameter(ValidatorException failure) {
    Matcher named = PARAMETER.matcher(text(failure));
    return named.find() ? named.group(1) : "body";
  }

  private static String text(ValidatorException failure) {
    return failure.getMessage() == null
        ? "The request does not match the contract"
        : failure.getMessage();
  }
}
