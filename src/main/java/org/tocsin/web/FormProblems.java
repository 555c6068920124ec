package org.tocsin.web;

import java.util.List;
import java.util.Optional;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** What is wrong with a form, in the reader's language where there is a text for it. */
public record FormProblems(List<Field> fields) {
  public static final FormProblems NONE = new FormProblems(List.of());

  /** Looks for {@code prefix.field}, e.g. {@code desk.staff.problem.email}. */
  public static FormProblems of(Messages messages, String prefix, Invalid invalid) {
    return new FormProblems(
        invalid.fields().stream()
            .map(
                field -> {
                  String key = prefix + "." + field.name();
                  return messages.has(key) ? new Field(field.name(), messages.text(key)) : field;
                })
            .toList());
  }

  public static FormProblems of(String field, String text) {
    return new FormProblems(List.of(new Field(field, text)));
  }

  public Optional<String> at(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(Field::message).findFirst();
  }
}
