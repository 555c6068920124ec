package org.tocsin.cases;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tocsin.cases.Consent.Standing;
import org.tocsin.platform.database.Tx;

/** Whether a case may be told of: its state, its gate and the consent for this way of telling. */
final class Clearance {
  private final Casebook book;
  private final ConsentRepository consents;

  Clearance(Casebook book) {
    this.book = book;
    this.consents = new ConsentRepository(book.vault);
  }

  Set<Obstacle> obstacles(Tx tx, CaseId id, ConsentScope scope) {
    CaseFile found = book.cases.lockShared(tx, id).orElseThrow(Casebook::noSuchCase);
    Instant now = book.now();
    Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
    if (found.state() != WorkState.ACTIVE) {
      obstacles.add(Obstacle.NOT_ACTIVE);
    }
    for (Gap gap : book.cases.gaps(tx, id, Consent.today(now))) {
      obstacles.add(
          switch (gap) {
            case CHECKS_MISSING -> Obstacle.CHECKS_MISSING;
            case SOURCES_MISSING -> Obstacle.SOURCES_MISSING;
            case RISK_NOTE_MISSING -> Obstacle.RISK_NOTE_MISSING;
            // Whoever has no consent for anything has none for this scope; said better below.
            case CONSENT_MISSING -> Obstacle.CONSENT_MISSING;
          });
    }
    obstacles.removeIf(obstacle -> obstacle == Obstacle.CONSENT_MISSING);
    consent(tx, id, scope, now).ifPresent(obstacles::add);
    return obstacles;
  }

  /** The best of the consents with this scope counts. */
  private Optional<Obstacle> consent(Tx tx, CaseId id, ConsentScope scope, Instant now) {
    Optional<Standing> best =
        consents.list(tx, id).stream()
            .filter(consent -> consent.scopes().contains(scope))
            .map(consent -> consent.standing(now))
            .min(Comparator.naturalOrder());
    return switch (best.orElse(Standing.NOT_YET)) {
      case HOLDS -> Optional.empty();
      case NOT_YET -> Optional.of(Obstacle.CONSENT_MISSING);
      case EXPIRED -> Optional.of(Obstacle.CONSENT_EXPIRED);
      case REVOKED -> Optional.of(Obstacle.CONSENT_REVOKED);
    };
  }
}
