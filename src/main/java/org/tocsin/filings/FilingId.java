package org.tocsin.filings;

/** A filing's number inside the hub. */
public record FilingId(long value) {
  /** As the audit names it. */
  public String subject() {
    return "filing:" + value;
  }
}
