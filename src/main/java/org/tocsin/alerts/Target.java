package org.tocsin.alerts;

/**
 * An official whom members write to, as the message was approved.
 *
 * @param address lines of the postal address; may be empty
 * @param email may be empty
 * @param salutation in {@code language}
 * @param language of what is written to them, BCP 47
 * @param englishSalutation for a letter in English; may be empty
 */
public record Target(
    String office,
    String body,
    String address,
    String email,
    String salutation,
    String language,
    String englishSalutation) {

  /** What they are called in a line. */
  public String name() {
    return office.isEmpty() ? body : office;
  }
}
