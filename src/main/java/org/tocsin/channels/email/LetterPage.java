package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the layout {@code mail/letter.jte} needs of a letter: for each piece of it a mark. MJML sets
 * the layout and reads no word of anybody; the words are put in where their marks stand once it is
 * done, so that nothing in them can be a mark.
 *
 * @param language a BCP 47 tag
 * @param direction {@code ltr} or {@code rtl}
 * @param title shown as the heading, unless the letter begins with its own
 * @param footer lines of pieces, in the order in which they are read
 */
public record LetterPage(
    String language,
    String direction,
    String subject,
    Optional<String> preheader,
    String organisation,
    Optional<String> demonstration,
    Optional<String> title,
    String body,
    Optional<Button> button,
    List<List<Piece>> footer) {

  /** {@code hint} introduces the link written out. */
  public record Button(String label, String url, String hint) {}

  /** Words of the footer, perhaps a link. */
  public record Piece(String words, Optional<String> url) {}

  /** The side on which a line begins. */
  public String start() {
    return start(direction);
  }

  static String start(String direction) {
    return direction.equals("rtl") ? "right" : "left";
  }

  /** Marks of one page, and what each stands for. Private-use characters, with a number between. */
  static final class Marks {
    private static final String BEGIN = "\uE000";
    private static final String END = "\uE001";
    private static final Pattern MARK = Pattern.compile(BEGIN + "([0-9]{1,4})" + END);

    private final List<Template> meanings = new ArrayList<>();

    /** For words, which are escaped. */
    String words(Words words) {
      return template(words.template());
    }

    /** For words, which are escaped. */
    String template(Template words) {
      return html(words.map(Holes::escape));
    }

    /** For what is HTML already. */
    String html(Template html) {
      meanings.add(html);
      return BEGIN + (meanings.size() - 1) + END;
    }

    /** Every mark of the layout gives way to what it stands for, once. */
    Template lifted(String laidOut) {
      List<Template> pieces = new ArrayList<>();
      Matcher mark = MARK.matcher(laidOut);
      int from = 0;
      while (mark.find()) {
        pieces.add(Template.words(laidOut.substring(from, mark.start())));
        pieces.add(meanings.get(Integer.parseInt(mark.group(1))));
        from = mark.end();
      }
      pieces.add(Template.words(laidOut.substring(from)));
      return Template.join(pieces);
    }
  }
}
