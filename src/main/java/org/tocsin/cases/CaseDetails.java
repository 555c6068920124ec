package org.tocsin.cases;

/**
 * Who a case is about; what every reader of cases may see.
 *
 * @param otherNames one a line; may be empty
 * @param country ISO 3166-1 alpha-2, or one of the invented countries
 * @param summary what happened, in a few sentences
 */
public record CaseDetails(
    String name, String otherNames, String country, Profession profession, String summary) {
  public static final int MAX_NAME = 200;
  public static final int MAX_OTHER_NAMES = 1_000;
  public static final int MAX_SUMMARY = 20_000;

  /** No name ends in a log by accident. */
  @Override
  public String toString() {
    return "case details";
  }
}
