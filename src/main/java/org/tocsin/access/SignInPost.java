package org.tocsin.access;

import org.tocsin.platform.database.Tx;

/** Carries a sign-in link to its owner by mail; implemented above, where letters are written. */
@FunctionalInterface
public interface SignInPost {
  /** Queues the letter in the same transaction that makes the link. */
  void send(Tx tx, StaffMember to, MailedLink link);
}
