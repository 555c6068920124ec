package org.tocsin.alerts;

/** A message's number inside the hub. */
public record AlertId(long value) {
  /** As releases and the audit name it. */
  public String subject() {
    return "alert:" + value;
  }
}
