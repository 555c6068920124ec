package org.tocsin.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.tocsin.platform.crypto.LookupHash;

/**
 * The code beside a letter's link, for who reads mail on another device: good only in the browser
 * that asked, ten minutes, five tries. It can be guessed, so only a keyed hash of it is kept.
 */
public final class LetterCode {
  public static final Duration LIVES = Duration.ofMinutes(10);
  public static final int TRIES = 5;
  public static final int LONGEST_TYPED = 40;

  private static final int LENGTH = 8;

  /** Nothing that looks like something else. */
  private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private static final SecureRandom RANDOM = new SecureRandom();

  private LetterCode() {}

  public static String random() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  public static byte[] hash(LookupHash lookup, String code) {
    return lookup.of(text(code));
  }

  /** As people type: small letters, spaces and dashes do not matter. */
  public static boolean matches(LookupHash lookup, String typed, byte[] hash) {
    return Arrays.stream(lookup.allOf(text(typed)))
        .anyMatch(one -> MessageDigest.isEqual(one, hash));
  }

  private static String text(String code) {
    return "letter.code:" + code.replaceAll("[\\s-]+", "").toUpperCase(Locale.ROOT);
  }
}
