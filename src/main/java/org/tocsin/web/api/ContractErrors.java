package org.tocsin.web.api;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;

/** Turns what the contract's validator says into errors that name the field. */
final class ContractErrors {
  private static final Pattern MISSING = Pattern.compile("required property \"([^\"]+)\"");
  private static final Pattern PARAMETER = Pattern.compile("parameter ([\\w-]+)");

  private ContractErrors() {}

  static Invalid of(ValidatorException failure) {
    if (failure instanceof SchemaValidationException schema
        && schema.getOutputUnit().getErrors() != null) {
      List<Field> fields = new ArrayList<>();
      for (OutputUnit error : schema.getOutputUnit().getErrors()) {
        Field field = field(error, failure);
        if (!field.name().isEmpty()
            && fields.stream().noneMatch(f -> f.name().equals(field.name()))) {
          fields.add(field);
        }
      }
      if (!fields.isEmpty()) {
        return new Invalid(fields);
      }
    }
    return new Invalid(parameter(failure), text(failure));
  }

  private static Field field(OutputUnit error, ValidatorException failure) {
    String what = error.getError() == null ? "is invalid" : error.getError();
    Matcher missing = MISSING.matcher(what);
    if (missing.find()) {
      return new Field(missing.group(1), "This field is required");
    }
    String location = error.getInstanceLocation() == null ? "" : error.getInstanceLocation();
    String name = location.replaceFirst("^#/?", "").replace('/', '.');
    return new Field(
        name.isEmpty() && !what.contains("does not match") ? parameter(failure) : name, what);
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
