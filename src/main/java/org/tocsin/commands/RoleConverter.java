package org.tocsin.commands;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.tocsin.access.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role by its word. */
final class RoleConverter implements ITypeConverter<Role> {
  @Override
  public Role convert(String word) {
    return Role.of(word.strip())
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + word
                        + "' is no role; there are "
                        + Arrays.stream(Role.values())
                            .map(Role::word)
                            .collect(Collectors.joining(", "))));
  }
}
