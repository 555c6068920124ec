package org.tocsin.channels.email;

import java.util.function.UnaryOperator;

/**
 * Words of a letter, and whose they are: in the hub's own {@code {{name}}} is a hole, in what
 * somebody wrote it is what it looks like.
 */
public record Words(String text, boolean ours) {
  public static Words ours(String text) {
    return new Words(text, true);
  }

  public static Words theirs(String text) {
    return new Words(text, false);
  }

  boolean isBlank() {
    return text.isBlank();
  }

  /** Once they were set, e.g. broken into lines. */
  Template set(UnaryOperator<String> setting) {
    String set = setting.apply(text);
    return ours ? Template.ours(set) : Template.words(set);
  }

  Template template() {
    return set(UnaryOperator.identity());
  }
}
