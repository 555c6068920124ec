package org.tocsin.correspondents;

import org.tocsin.platform.database.Tx;

/**
 * Whoever holds words of a member. Called in the transaction that erases them: what it does commits
 * with it, and what it throws undoes it.
 */
@FunctionalInterface
public interface MemberErased {
  void forget(Tx tx, MemberId id);
}
