package org.tocsin.calls;

/** A call's number inside the hub. */
public record CallId(long value) {
  /** As releases and the audit name it. */
  public String subject() {
    return "call:" + value;
  }
}
