package org.tocsin.cases;

import org.tocsin.platform.database.Tx;

/**
 * Whoever lets out what a consent allowed. Called in the transaction in which a consent is revoked
 * or found expired, with the case's row locked: what it does commits with the end of the consent,
 * and what it throws undoes both. Another consent of the case may still hold; ask {@link
 * Cases#obstacles}. It may be called more than once for a case, never twice for a consent.
 */
@FunctionalInterface
public interface ConsentWatch {
  void consentEnded(Tx tx, CaseId id);
}
