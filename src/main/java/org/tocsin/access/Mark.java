package org.tocsin.access;

import java.time.LocalDate;

/**
 * That somebody came in here before, in this browser.
 *
 * @param person their number behind that door; no address and no name
 * @param browser a number of this browser's own, drawn when they came in
 */
public record Mark(Door door, long person, long browser, LocalDate day) {
  /** Under which this browser is counted. */
  public String budget() {
    return door + ":" + person + ":" + browser;
  }
}
