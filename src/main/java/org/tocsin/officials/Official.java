package org.tocsin.officials;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.access.StaffId;

/**
 * Somebody to write to, with all that a letter needs.
 *
 * @param checkedOn when somebody last made sure that all of it still holds
 * @param retired kept, and offered to nobody
 */
public record Official(
    OfficialId id,
    int version,
    OfficialDetails details,
    LocalDate checkedOn,
    StaffId checkedBy,
    boolean retired) {
  /** Offices change hands and ministries move. */
  public static final Period CHECK_HOLDS = Period.ofDays(90);

  private static final String ENGLISH = "en";

  /** Whether somebody should look again before anything is sent there. */
  public boolean overdue(LocalDate today) {
    return checkedOn.plus(CHECK_HOLDS).isBefore(today);
  }

  /** What stands on an envelope, from the name to the town; the country is the caller's to name. */
  public List<String> addressee() {
    return Stream.concat(
            Stream.of(details.holder(), details.office(), details.body()),
            details.postalAddress().lines())
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  public Optional<String> email() {
    return Optional.of(details.email()).filter(address -> !address.isEmpty());
  }

  /**
   * How a letter to them begins.
   *
   * @param language a BCP 47 tag; in another language than theirs or English there is none
   */
  public Optional<String> salutation(String language) {
    if (speaks(details.language(), language)) {
      return Optional.of(details.salutation());
    }
    return speaks(ENGLISH, language) ? Optional.of(details.englishSalutation()) : Optional.empty();
  }

  private static boolean speaks(String tag, String language) {
    return Locale.forLanguageTag(tag)
        .getLanguage()
        .equals(Locale.forLanguageTag(language).getLanguage());
  }

  @Override
  public String toString() {
    return id.subject();
  }
}
