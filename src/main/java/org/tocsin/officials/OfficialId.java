package org.tocsin.officials;

/** An official's number inside the hub. */
public record OfficialId(long value) {
  /** As the audit names it. */
  public String subject() {
    return "official:" + value;
  }
}
