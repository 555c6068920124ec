package org.tocsin.correspondents;

/** A member's number; the audit names members by nothing else. */
public record MemberId(long value) {
  public String subject() {
    return "member:" + value;
  }
}
