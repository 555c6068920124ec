package org.tocsin.alerts;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.correspondents.Circle;

/**
 * A message as it is written: its words, and to whom they go.
 *
 * @param circles whose members get it; practice goes to {@code DRILL} whatever stands here
 * @param webhook whether the network's endpoints hear of it
 * @param actBy the last day on which to act, in UTC
 */
public record AlertDraft(
    AlertKind kind,
    Urgency urgency,
    Severity severity,
    Certainty certainty,
    Set<Circle> circles,
    boolean webhook,
    Optional<LocalDate> actBy,
    AlertText text,
    List<Target> targets,
    List<ModelLetter> letters) {
  /** What a stop says of its own: nothing. */
  public static final AlertDraft NONE =
      new AlertDraft(
          AlertKind.INFORMATION,
          Urgency.UNKNOWN,
          Severity.UNKNOWN,
          Certainty.UNKNOWN,
          Set.of(),
          false,
          Optional.empty(),
          new AlertText("", "", "", "", "", "", "", "", "", ""),
          List.of(),
          List.of());

  /** How an editor begins. */
  public static final AlertDraft BLANK =
      new AlertDraft(
          AlertKind.ACTION,
          Urgency.EXPECTED,
          Severity.SEVERE,
          Certainty.OBSERVED,
          Set.of(Circle.CORRESPONDENT),
          false,
          Optional.empty(),
          NONE.text(),
          List.of(),
          List.of());

  public AlertDraft {
    circles = Collections.unmodifiableSet(new TreeSet<>(circles));
    targets = List.copyOf(targets);
    letters = List.copyOf(letters);
  }

  @Override
  public String toString() {
    return "alert draft";
  }
}
