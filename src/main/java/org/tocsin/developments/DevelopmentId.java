package org.tocsin.developments;

/** A development's number inside the hub. */
public record DevelopmentId(long value) {
  /** As the audit and the release know it. */
  public String subject() {
    return "development:" + value;
  }
}
