package org.tocsin.commands;

import java.util.List;
import org.tocsin.access.TokenScope;
import org.tocsin.platform.errors.HubException.Invalid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one word of a token's scope. */
final class ScopeConverter implements ITypeConverter<String> {
  @Override
  public String convert(String word) {
    try {
      return TokenScope.of(List.of(word)).sorted().getFirst();
    } catch (Invalid unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }
}
