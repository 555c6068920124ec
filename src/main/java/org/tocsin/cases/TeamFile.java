package org.tocsin.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only the team of a case may open. Nothing of it ever leaves the desk.
 *
 * @param evidence by consent; for one given by nobody, the decision in the person's best interest
 * @param endReasons why a consent was revoked
 */
public record TeamFile(
    List<Source> sources,
    List<Note> notes,
    Optional<RiskNote> riskNote,
    Map<ConsentId, String> evidence,
    Map<ConsentId, String> endReasons) {
  @Override
  public String toString() {
    return "team file";
  }
}
