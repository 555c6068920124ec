package org.tocsin.subscribers;

import java.util.Locale;

/** The words are the database's. */
public enum SubscriberState {
  /** Asked for, not confirmed; gone after {@link Person#PENDING_DAYS} days. */
  PENDING,
  ACTIVE,
  /** Confirmed, and wants no mail for now. */
  PAUSED,
  UNSUBSCRIBED,
  BOUNCED,
  COMPLAINED;

  /** For reports: one word. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
