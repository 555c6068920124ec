package org.tocsin.cases;

/** A case's number inside the hub. */
public record CaseId(long value) {
  /** As releases and the audit name it. */
  public String subject() {
    return "case:" + value;
  }
}
