package org.tocsin.access;

/** A member of staff's number. */
public record StaffId(long value) {
  /** As the audit names them. */
  public String actor() {
    return "staff:" + value;
  }
}
