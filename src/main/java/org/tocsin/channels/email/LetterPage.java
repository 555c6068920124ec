package org.tocsin.channels.email;

import java.util.List;
import java.util.Optional;

/**
 * What the layout {@code mail/letter.jte} needs of a letter.
 *
 * @param direction {@code ltr} or {@code rtl}
 * @param title shown as the heading, unless the letter begins with its own
 * @param footer lines of pieces, in the order in which they are read
 */
public record LetterPage(
    String language,
    String direction,
    String organisation,
    String preheader,
    Optional<String> demonstration,
    Optional<String> title,
    Optional<Button> button,
    List<List<Piece>> footer) {

  /**
   * Where the letter's own HTML goes after the layout is set: MJML must not read it. Private-use
   * characters, which nobody types.
   */
  public static final String BODY = "\uE000\uE001";

  /** Where the subject goes: MJML would write it into an attribute and escape nothing. */
  public static final String SUBJECT = "\uE002\uE003";

  /** {@code hint} introduces the link written out. */
  public record Button(String label, String url, String hint) {}

  /** Words of the footer, perhaps a link. */
  public record Piece(String words, Optional<String> url) {
    static Piece of(String words) {
      return new Piece(words, Optional.empty());
    }

    static Piece link(String words, String url) {
      return new Piece(words, Optional.of(url));
    }
  }

  /** The side on which a line begins. */
  public String start() {
    return start(direction);
  }

  static String start(String direction) {
    return direction.equals("rtl") ? "right" : "left";
  }
}
