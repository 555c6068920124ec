package org.tocsin.letters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in a letter, from the top of the page to its foot. What no reader sees (control
 * characters, half characters, marks that turn text around) is left out.
 *
 * @param language a BCP 47 tag
 * @param sender an empty line is one to fill in by hand; so is it in the signature
 * @param addressee lines
 * @param placeAndDate e.g. by {@link LetterDate}; may be empty
 * @param subject may be empty
 * @param paragraphs plain text; a line end inside one stays
 * @param copies to whom else it goes; may be none
 */
public record Letter(
    String language,
    List<String> sender,
    List<String> addressee,
    String placeAndDate,
    String subject,
    String salutation,
    List<String> paragraphs,
    String closing,
    List<String> signature,
    List<String> copies) {
  private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();

  /** Joiners and the direction of a single mark belong to the spelling; so does a soft hyphen. */
  private static final Set<Integer> UNSEEN_BUT_MEANT =
      Set.of(0x00AD, 0x061C, 0x200C, 0x200D, 0x200E, 0x200F);

  public Letter {
    sender = lines(sender);
    addressee = lines(addressee).stream().filter(line -> !line.isEmpty()).toList();
    placeAndDate = line(placeAndDate);
    subject = line(subject);
    salutation = line(salutation);
    paragraphs =
        paragraphs.stream()
            .map(
                paragraph ->
                    paragraph.lines().map(Letter::line).collect(Collectors.joining("\n")).strip())
            .filter(paragraph -> !paragraph.isEmpty())
            .toList();
    closing = line(closing);
    signature = lines(signature);
    copies = lines(copies).stream().filter(line -> !line.isEmpty()).toList();
  }

  private static List<String> lines(List<String> given) {
    return given.stream().map(Letter::line).toList();
  }

  private static String line(String given) {
    return COMPOSED
        .normalize(
            given
                .codePoints()
                .map(c -> UCharacter.isUWhiteSpace(c) && c != 0x00A0 && c != 0x202F ? ' ' : c)
                .filter(Letter::shown)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString())
        .strip();
  }

  private static boolean shown(int c) {
    int type = Character.getType(c);
    return unseen(c)
        || (type != Character.CONTROL
            && type != Character.SURROGATE
            && type != Character.UNASSIGNED
            && !UCharacter.hasBinaryProperty(c, UProperty.NONCHARACTER_CODE_POINT)
            && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT));
  }

  /** Of what is kept: it says how its neighbours are written, and has no shape of its own. */
  static boolean unseen(int c) {
    return UNSEEN_BUT_MEANT.contains(c);
  }

  public boolean rightToLeft() {
    return locale().isRightToLeft();
  }

  ULocale locale() {
    return ULocale.forLanguageTag(language);
  }

  /** Every line of it, from the top. */
  Stream<String> text() {
    return Stream.of(
            sender.stream(),
            addressee.stream(),
            Stream.of(placeAndDate, subject, salutation),
            paragraphs.stream().flatMap(String::lines),
            Stream.of(closing),
            signature.stream(),
            copies.stream())
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty());
  }

  @Override
  public String toString() {
    return "letter";
  }
}
