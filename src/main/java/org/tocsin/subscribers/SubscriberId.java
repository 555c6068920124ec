package org.tocsin.subscribers;

/** A subscriber's number. */
public record SubscriberId(long value) {
  /** As the audit names them. */
  public String subject() {
    return "subscriber:" + value;
  }
}
