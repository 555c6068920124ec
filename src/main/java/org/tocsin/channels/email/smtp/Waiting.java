package org.tocsin.channels.email.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome.Unsent;

/**
 * The messages that no connection has taken yet, first in, first out but for a stop, and the
 * sessions that rest: the one thing that the threads of a lane share.
 *
 * <p>Invariant: a session rests only while no message waits for it; a message that waits is meant
 * for a session that was called or is busy, or for a connection still to be made.
 */
final class Waiting {
  /** Before all others, and whatever their destination. */
  private final Deque<Submission> ahead = new ArrayDeque<>();

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
    if (submission.isFirst()) {
      ahead.addLast(submission);
      return Optional.empty();
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
      (submission.isFirst() ? ahead : queue).addFirst(submission);
    }
    return !closed;
  }

  /** The session that rested last, if a message waits that nobody was called for. */
  synchronized @Nullable Session call() {
    Session session = isLong() ? resting.pollLast() : null;
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
    return ahead.size() + queue.size() > called;
  }

  synchronized boolean hasFirst() {
    return !ahead.isEmpty();
  }

  synchronized @Nullable Submission take() {
    Submission first = ahead.pollFirst();
    return first == null ? queue.pollFirst() : first;
  }

  /** A message for a session that still has one in its hands: those called go first. */
  synchronized @Nullable Submission takeSurplus() {
    return isLong() ? take() : null;
  }

  /** False if there is something to do instead. */
  synchronized boolean rest(Session session) {
    boolean nothing = ahead.isEmpty() && queue.isEmpty() && !closed;
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
    return Stream.of(ahead, queue)
        .filter(line -> !line.isEmpty())
        .mapToLong(line -> line.element().deadline())
        .reduce((one, other) -> one - other < 0 ? one : other);
  }

  synchronized List<Submission> takeLate() {
    List<Submission> late = new ArrayList<>();
    for (Deque<Submission> line : List.of(ahead, queue)) {
      while (!line.isEmpty() && line.element().isLate()) {
        late.add(line.remove());
      }
    }
    return late;
  }

  synchronized List<Submission> takeAll() {
    List<Submission> all = Stream.concat(ahead.stream(), queue.stream()).toList();
    ahead.clear();
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
