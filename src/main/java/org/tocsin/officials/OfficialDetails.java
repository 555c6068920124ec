package org.tocsin.officials;

/**
 * Who an official is and how to write to them, as a member of staff says it.
 *
 * @param holder the name of whoever holds the office; may be empty
 * @param country ISO 3166-1, or a user-assigned code of a demonstration
 * @param postalAddress lines, without the office and the body
 * @param email may be empty
 * @param language of correspondence, a BCP 47 tag
 * @param salutation in that language
 */
public record OfficialDetails(
    String office,
    String holder,
    String body,
    String country,
    String postalAddress,
    String email,
    String language,
    String salutation,
    String englishSalutation) {
  static final int MAX_LINE = 300;
  static final int MAX_POSTAL = 1_000;
  static final int MAX_POSTAL_LINES = 8;

  @Override
  public String toString() {
    return "details of an official";
  }
}
