package org.tocsin.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Thousands of words looked for at once: in any case of letters, as they are, in hexadecimal, with
 * every sign percent-encoded, and in base64 at any place of it. Words are ASCII and of nine letters
 * or more.
 */
public final class Needles {
  /** As many signs as fit a long: every form is longer, and looked up by its first eight. */
  private static final int HEAD = 8;

  private final Map<Long, List<Form>> byHead = new HashMap<>();

  private record Form(String text, String word) {}

  public Needles(Collection<String> words) {
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
      add(word, word);
      add(word, HexFormat.of().formatHex(bytes));
      add(word, "%" + HexFormat.ofDelimiter("%").formatHex(bytes));
      for (String cased : Set.of(word, word.toLowerCase(Locale.ROOT))) {
        for (int shift = 0; shift < 3; shift++) {
          add(word, base64(cased, shift));
        }
      }
    }
  }

  /** The part that is the same whatever stands before and behind. */
  private static String base64(String word, int shift) {
    byte[] bytes = ("-".repeat(shift) + word).getBytes(StandardCharsets.US_ASCII);
    String all = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    return all.substring((shift * 8 + 5) / 6, bytes.length * 8 / 6);
  }

  private void add(String word, String form) {
    String text = form.toLowerCase(Locale.ROOT);
    if (text.length() <= HEAD) {
      throw new IllegalArgumentException("too short to be looked for: " + word);
    }
    long head = 0;
    for (int i = 0; i < HEAD; i++) {
      head = head << 8 | (text.charAt(i) & 0xff);
    }
    byHead.computeIfAbsent(head, anyhow -> new ArrayList<>()).add(new Form(text, word));
  }

  /** The words that stand in it. */
  public Set<String> in(String anyCase) {
    String text = anyCase.toLowerCase(Locale.ROOT);
    Set<String> found = new TreeSet<>();
    long head = 0;
    for (int i = 0; i < text.length(); i++) {
      head = head << 8 | (text.charAt(i) & 0xff);
      for (Form form : byHead.getOrDefault(head, List.of())) {
        if (text.startsWith(form.text(), i - HEAD + 1)) {
          found.add(form.word());
        }
      }
    }
    return found;
  }
}
