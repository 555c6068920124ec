package org.tocsin.broadcasts;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.channels.Outcome;

/**
 * Whether a message is refused as such: nearly all of its first hundred answers are one and the
 * same refusal, for good, that is not about the addresses. What is put off is no answer yet.
 */
final class FirstAnswers {
  static final int MANY = 100;
  private static final int NEARLY_ALL = 95;

  /** Of so many broadcasts; the eldest are forgotten, and counted anew. */
  private static final int BROADCASTS = 1_000;

  private final Map<Long, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Count> eldest) {
          return size() > BROADCASTS;
        }
      };

  private static final class Count {
    private final Map<String, Integer> refused = new HashMap<>();
    private int answers;
  }

  /** The refusal, told with the hundredth answer and not again before another hundred. */
  synchronized Optional<String> heard(long broadcast, Outcome outcome) {
    if (!isAnswer(outcome)) {
      return Optional.empty();
    }
    Count count = counts.computeIfAbsent(broadcast, _ -> new Count());
    if (count.answers == MANY) {
      return Optional.empty();
    }
    count.answers++;
    if (outcome instanceof Outcome.Refused refused && !isAboutTheAddress(refused)) {
      count.refused.merge(refused.code(), 1, Integer::sum);
    }
    Optional<String> all =
        count.answers < MANY
            ? Optional.empty()
            : count.refused.entrySet().stream()
                .filter(one -> one.getValue() >= NEARLY_ALL)
                .map(Map.Entry::getKey)
                .findFirst();
    all.ifPresent(_ -> counts.remove(broadcast));
    return all;
  }

  private static boolean isAnswer(Outcome outcome) {
    return outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Refused;
  }

  /** RFC 3463: x.1.x the address, x.2.x the mailbox; 5.1.7 and 5.1.8 are about the sender. */
  private static boolean isAboutTheAddress(Outcome.Refused refused) {
    return switch (refused.reason()) {
      case NO_SUCH_ADDRESS, FORBIDDEN, GONE -> true;
      case POLICY, UNSENDABLE -> false;
      case OTHER -> refused.code().contains(" 5.1.") || refused.code().contains(" 5.2.");
    };
  }
}
