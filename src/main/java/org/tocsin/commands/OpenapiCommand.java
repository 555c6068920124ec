package org.tocsin.commands;

import java.util.concurrent.Callable;
import org.tocsin.web.api.Contract;
import picocli.CommandLine.Command;

/** Prints the API's contract. */
@Command(
    name = "openapi",
    description = "Print the API's contract.",
    mixinStandardHelpOptions = true)
public final class OpenapiCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(Contract.read());
    return 0;
  }
}
