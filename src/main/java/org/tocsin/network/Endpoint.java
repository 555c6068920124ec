package org.tocsin.network;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;

/**
 * An endpoint as staff see it, opened for use in this process; its secrets are not among it.
 *
 * @param consent how the receiver consented
 * @param consentMissing why the last question was not answered, in a word or two; empty where it
 *     was
 * @param eventsPerMinute what the handshake allows
 * @param confirmedBy the second person, where it takes two; none of those from before it did
 * @param oldSecretUntil the secret before the last rotation signs too until then
 */
public record Endpoint(
    EndpointId id,
    String url,
    String host,
    Scope scope,
    List<String> types,
    String description,
    String contactEmail,
    EndpointState state,
    Optional<DisabledReason> disabledReason,
    Optional<ConsentKind> consent,
    Optional<Instant> consentAt,
    Optional<String> consentMissing,
    Optional<Integer> eventsPerMinute,
    StaffId createdBy,
    Optional<StaffId> confirmedBy,
    Optional<Instant> confirmedAt,
    Instant createdAt,
    Instant stateSince,
    Optional<Instant> failingSince,
    Optional<Instant> oldSecretUntil) {
  /** Nothing may be sent to it, not even a question, before a second person confirms it. */
  public boolean awaitsConfirmation() {
    return scope.takesTwo() && confirmedAt.isEmpty();
  }

  @Override
  public String toString() {
    return id.subject() + "[" + state + "]";
  }
}
