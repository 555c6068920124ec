package org.tocsin.cases;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a case is called outside: eight random signs, none of which is taken for another and no
 * vowel among them, so that no word comes about.
 */
public record Reference(String text) {
  private static final String SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ";
  private static final Pattern FORM = Pattern.compile("[" + SIGNS + "]{4}-[" + SIGNS + "]{4}");

  public Reference {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a reference");
    }
  }

  public static Reference random(RandomGenerator random) {
    StringBuilder text = new StringBuilder(9);
    for (int i = 0; i < 8; i++) {
      text.append(i == 4 ? "-" : "").append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return new Reference(text.toString());
  }

  /** As somebody may have typed it: in any case of letters, with blanks around. */
  public static Optional<Reference> parse(String typed) {
    String text = typed.strip().toUpperCase(java.util.Locale.ROOT);
    return FORM.matcher(text).matches() ? Optional.of(new Reference(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
