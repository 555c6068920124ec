package org.tocsin.commands;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the API's contract. */
@Command(name = "openapi", description = "Print the API's contract.", mixinStandardHelpOptions = true)
public final class OpenapiCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    try (InputStream contract = OpenapiCommand.class.getResourceAsStream("/openapi.yaml")) {
      if (contract == null) {
        throw new IllegalStateException("openapi.yaml is missing");
      }
      contract.transferTo(System.out);
      System.out.flush();
      return 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
