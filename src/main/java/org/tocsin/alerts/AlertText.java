package org.tocsin.alerts;

/**
 * The words of a message, each in plain paragraphs.
 *
 * @param ask what is asked for, in one line
 * @param copies to whom else members send what they write
 * @param legalBasis the law that is broken, and the treaties
 * @param reportBack how to tell us what was done
 * @param status one line on how things stand
 */
public record AlertText(
    String ask,
    String happened,
    String actions,
    String dos,
    String donts,
    String copies,
    String background,
    String legalBasis,
    String reportBack,
    String status) {
  @Override
  public String toString() {
    return "alert text";
  }
}
