package org.tocsin.filings;

import java.time.LocalDate;

/** A time that a mechanism gives, and what it is counted from. */
public record Limit(From from, int months, int days) {
  public enum From {
    /** The last decision at home; by then the complaint must be filed. */
    REMEDIES(Deadline.Kind.FILE_BY),
    /** The end of another international procedure; by then the complaint must be filed. */
    OTHER_PROCEDURE(Deadline.Kind.FILE_BY),
    /** The day on which the government got it; by then it is to answer. */
    TRANSMITTED(Deadline.Kind.STATE_REPLY);

    private final Deadline.Kind kind;

    From(Deadline.Kind kind) {
      this.kind = kind;
    }

    public Deadline.Kind kind() {
      return kind;
    }
  }

  public LocalDate last(LocalDate first) {
    return first.plusMonths(months).plusDays(days);
  }
}
