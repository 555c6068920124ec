package org.tocsin.correspondents;

/** An application's number. */
public record ApplicationId(long value) {
  public String subject() {
    return "application:" + value;
  }
}
