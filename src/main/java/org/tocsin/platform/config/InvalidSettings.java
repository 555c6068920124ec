package org.tocsin.platform.config;

import java.util.List;

/** The settings cannot be used; every problem is listed and names its key. */
public final class InvalidSettings extends RuntimeException {
  private final List<String> problems;

  public InvalidSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
