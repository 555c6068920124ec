package org.tocsin.platform.csv;

/**
 * Text on its way into a CSV file. A spreadsheet takes what begins with {@code = + - @}, a tab or a
 * line end for a formula; a leading apostrophe makes it text again.
 */
public final class SpreadsheetText {
  private SpreadsheetText() {}

  public static String of(String text) {
    return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
