package org.tocsin.channels.email.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome.Unsent;

/**
 * The messages that no connection has taken yet, first in, first out, and the sessions that rest:
 * the one thing that the threads of a lane share.
 *
 * <p>Invariant: a session rests only while no message waits for it; a message that waits is meant
 * for a session that was called or is busy, or for a connection still to be made.
 */
final class Waiting {
  private final Deque<Submission> queue = new ArrayDeque<>();
  private final Deque<Session> resting = new ArrayDeque<>();

  /** Sessions that were called and have not yet come. */
  private int called;

  /** Destinations that have their share of the connections, and answer slowly. */
  private Set<String> barred = Set.of();

  private boolean closed;

  /** Why it may not; empty where it waits now. */
  synchronized Optional<Unsent> join(Submission submission) {
    if (closed) {
      return Optional.of(SmtpLane.CLOSING);
    }
    if (barred.contains(submission.destination())) {
      return Optional.of(SmtpLane.SLOW);
    }
    queue.addLast(submission);
    return Optional.empty();
  }

  /** Nobody for these may wait from now on; those who did come back. */
  synchronized List<Submission> bar(Set<String> destinations) {
    barred = destinations;
    if (destinations.isEmpty()) {
      return List.of();
    }
    List<Submission> out =
        queue.stream().filter(one -> destinations.contains(one.destination())).toList();
    queue.removeAll(out);
    return out;
  }

  /** False when the lane is closing. */
  synchronized boolean joinFirst(Submission submission) {
    if (!closed) {
      queue.addFirst(submission);
    }
    return !closed;
  }

  /** The session that rested last, if a message waits that nobody was called for. */
  synchronized @Nullable Session call() {
    Session session = queue.size() > called ? resting.pollLast() : null;
    if (session != null) {
      called++;
    }
    return session;
  }

  synchronized void come() {
    called--;
  }

  /** More messages wait than sessions were called for. */
  synchronized boolean isLong() {
    return queue.size() > called;
  }

  synchronized @Nullable Submission take() {
    return queue.pollFirst();
  }

  /** A message for a session that still has one in its hands: those called go first. */
  synchronized @Nullable Submission takeSurplus() {
    return queue.size() > called ? queue.pollFirst() : null;
  }

  /** False if there is something to do instead. */
  synchronized boolean rest(Session session) {
    boolean nothing = queue.isEmpty() && !closed;
    if (nothing) {
      resting.addLast(session);
    }
    return nothing;
  }

  /** False if the session was called, or did not rest. */
  synchronized boolean leave(Session session) {
    return resting.remove(session);
  }

  synchronized OptionalLong nextDeadline() {
    Submission first = queue.peekFirst();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.deadline());
  }

  synchronized List<Submission> takeLate() {
    List<Submission> late = new ArrayList<>();
    for (Submission first = queue.peekFirst();
        first != null && first.isLate();
        first = queue.peekFirst()) {
      late.add(queue.removeFirst());
    }
    return late;
  }

  synchronized List<Submission> takeAll() {
    List<Submission> all = List.copyOf(queue);
    queue.clear();
    return all;
  }

  /** Takes no more; what waited comes back. */
  synchronized List<Submission> close() {
    closed = true;
    return takeAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
