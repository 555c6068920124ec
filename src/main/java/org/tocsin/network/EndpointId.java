package org.tocsin.network;

/** An endpoint's number. */
public record EndpointId(long value) {
  /** As the audit names it. */
  String subject() {
    return "endpoint:" + value;
  }
}
