package org.tocsin.alerts;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Cases;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Obstacle;
import org.tocsin.correspondents.Circle;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * What stands in the way of telling a case to each circle, asked in a transaction: until it ends,
 * the case cannot change (I7). Practice that is about no case has no gate.
 */
record Gate(Set<Obstacle> correspondents, Set<Obstacle> network) {

  /** Ask before the chain is locked: whoever ends a consent locks the case first. */
  static Gate of(Cases cases, Tx tx, Optional<CaseId> about) {
    return about
        .map(
            id ->
                new Gate(
                    cases.obstacles(tx, id, ConsentScope.CORRESPONDENTS_ALERT),
                    cases.obstacles(tx, id, ConsentScope.NETWORK_ALERT)))
        .orElse(new Gate(Set.of(), Set.of()));
  }

  /** Practice stays in the house, and needs what an alert to correspondents needs. */
  Set<Obstacle> obstacles(Set<Circle> circles) {
    Set<Obstacle> found = EnumSet.noneOf(Obstacle.class);
    for (Circle circle : circles) {
      found.addAll(circle == Circle.NETWORK ? network : correspondents);
    }
    return found;
  }

  void require(Set<Circle> circles) {
    Optional<Obstacle> first = obstacles(circles).stream().findFirst();
    if (first.isPresent()) {
      throw new Conflict(
          code(first.get()),
          "The case may not be told of in this way just now: " + code(first.get()));
    }
  }

  private static String code(Obstacle obstacle) {
    return obstacle == Obstacle.NOT_ACTIVE
        ? "case_not_active"
        : obstacle.name().toLowerCase(Locale.ROOT);
  }
}
