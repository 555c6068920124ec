package org.tocsin.access;

import org.tocsin.platform.database.Tx;

/** Tells a token's owner of it by mail; implemented above, where letters are written. */
public interface TokenPost {
  /** Queues the letter in the same transaction that makes the token. */
  void made(Tx tx, StaffMember owner, ApiTokens.Token token);

  /** Queues the letter that it ends soon. */
  void ends(Tx tx, StaffMember owner, ApiTokens.Token token);
}
