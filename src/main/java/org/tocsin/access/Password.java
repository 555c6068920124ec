package org.tocsin.access;

import java.util.Locale;
import org.tocsin.platform.errors.HubException.Invalid;

/** What a new password must be: long, and not what a stranger would try first. */
final class Password {
  static final int SHORTEST = 12;
  static final int LONGEST = 200;

  private Password() {}

  static boolean tooLong(String password) {
    return password.length() > 2 * LONGEST || length(password) > LONGEST;
  }

  /** Length, not a mix of signs (NIST SP 800-63B, 3.1.1.2). */
  static void check(String field, String password, String address) {
    if (tooLong(password)) {
      throw new Invalid(field, "Use at most " + LONGEST + " characters");
    }
    if (length(password) < SHORTEST) {
      throw new Invalid(field, "Use at least " + SHORTEST + " characters");
    }
    if (password.codePoints().distinct().count() < 4) {
      throw new Invalid(field, "Use more than three different characters");
    }
    if (password.strip().toLowerCase(Locale.ROOT).equals(address)) {
      throw new Invalid(field, "Do not use your e-mail address as your password");
    }
  }

  private static int length(String password) {
    String normal = PasswordWork.normal(password);
    return normal.codePointCount(0, normal.length());
  }
}
