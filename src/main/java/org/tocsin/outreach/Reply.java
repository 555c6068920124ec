package org.tocsin.outreach;

import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.access.StaffId;

/** What an authority answered; for the case's team alone. */
public record Reply(
    ContactId contact, LocalDate receivedOn, String text, StaffId writtenBy, Instant at) {
  @Override
  public String toString() {
    return "reply to contact:" + contact.value();
  }
}
