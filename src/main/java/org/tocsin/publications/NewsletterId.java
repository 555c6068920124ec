package org.tocsin.publications;

/** An issue's number inside the hub. */
public record NewsletterId(long value) {
  /** As releases and the audit name it. */
  public String subject() {
    return "newsletter:" + value;
  }
}
