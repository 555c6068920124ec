package org.tocsin.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.platform.crypto.Tokens;

/**
 * Tells a machine's form from a person's, without a script and without a riddle: a field that
 * nobody sees ({@code form/trap.jte}), and the time since the form was shown, sealed into it. A
 * form that was never shown by us, as another site's own, carries no time and is let through: the
 * pace of its network bounds it. What fills the hidden field is a machine; what is quick may be a
 * person's browser, and is asked for once more.
 */
public final class FormTrap {
  /** Never to be filled; a word that machines like and that no browser fills by itself. */
  public static final String FIELD = "message";

  /** When the form was shown. */
  public static final String SHOWN = "shown";

  /** With a browser that fills everything in, a person needs this long to find the button. */
  static final Duration QUICKEST = Duration.ofSeconds(2);

  private static final String PURPOSE = "form.shown";
  private static final int LONGEST = 2_000;

  private final Tokens tokens;
  private final InstantSource clock;

  public FormTrap(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** What gave a machine away. */
  public enum Caught {
    HONEYPOT,
    TOO_FAST
  }

  /** For a form that is shown now. */
  public String shown() {
    return tokens.issue(PURPOSE, clock.instant().toEpochMilli());
  }

  /** For a form that is shown again with what was wrong: a person mends one letter quickly. */
  public String again(Form form) {
    String shown = form.line(SHOWN, LONGEST);
    return at(shown).isPresent() ? shown : shown();
  }

  public Optional<Caught> caught(Form form) {
    if (!form.text(FIELD, LONGEST).isBlank()) {
      return Optional.of(Caught.HONEYPOT);
    }
    String shown = form.line(SHOWN, LONGEST);
    boolean slow =
        shown.isEmpty()
            || at(shown).filter(at -> !clock.instant().isBefore(at.plus(QUICKEST))).isPresent();
    return slow ? Optional.empty() : Optional.of(Caught.TOO_FAST);
  }

  private Optional<Instant> at(String shown) {
    return tokens
        .read(PURPOSE, shown)
        .filter(numbers -> numbers.length == 1)
        .map(numbers -> Instant.ofEpochMilli(numbers[0]));
  }
}
