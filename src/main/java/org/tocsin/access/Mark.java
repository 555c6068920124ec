package org.tocsin.access;

import java.time.LocalDate;

/**
 * That somebody came in here before, in this browser.
 *
 * @param person their number behind that door; no address and no name
 * @param browser a number of this browser's own, drawn when they came in
 */
public record Mark(Door door, long person, long browser, LocalDate day) {
  /**
   * Under which letters and wishes are counted: the person's, for a browser's number is drawn anew
   * whenever they come in, and who counted under that would renew their budget by every visit.
   */
  public String budget() {
    return door + ":" + person;
  }

  /** Under which passwords typed in this browser are counted: a new number costs a right one. */
  String guesses() {
    return budget() + ":" + browser;
  }
}
