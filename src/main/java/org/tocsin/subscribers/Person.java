package org.tocsin.subscribers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.subscribers.Subscription.State;

/**
 * A subscriber, opened for use in this process.
 *
 * @param links the generation of this person's links; a change of address raises it and so ends
 *     those in mails to the old one
 * @param source "sign-up" or "import"
 */
public record Person(
    SubscriberId id,
    int links,
    EmailAddress address,
    Optional<String> name,
    String language,
    SubscriberState state,
    String source,
    String consentSource,
    Instant createdAt,
    Optional<Instant> confirmedAt,
    List<Subscription> subscriptions) {
  static final int PENDING_DAYS = 7;

  /** How long a sign-up waits for its confirmation. */
  static final Duration PENDING_FOR = Duration.ofDays(PENDING_DAYS);

  public List<String> topics(State wanted) {
    return subscriptions.stream()
        .filter(subscription -> subscription.state() == wanted)
        .map(Subscription::topic)
        .toList();
  }

  @Override
  public String toString() {
    return id.subject();
  }
}
