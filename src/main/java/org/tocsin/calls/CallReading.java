package org.tocsin.calls;

import java.util.Optional;
import org.tocsin.cases.Reference;

/**
 * A call as a volunteer behind the portal's door may see it.
 *
 * @param words what was approved; none once it asks this volunteer for nothing any more
 * @param own their last word
 */
public record CallReading(
    CallId id,
    Reference reference,
    CallState state,
    Optional<CallDraft> words,
    Optional<Answer> own,
    Optional<Call.Closed> closed) {
  public boolean saidYes() {
    return own.filter(Answer::can).isPresent();
  }

  /** Whether a yes would be taken. */
  public boolean takesYes() {
    return state == CallState.OPEN || (state == CallState.FILLED && saidYes());
  }
}
