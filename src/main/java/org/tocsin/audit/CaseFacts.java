package org.tocsin.audit;

import java.util.List;
import java.util.Set;

/**
 * What of the audit only readers of cases are shown: entries that tell which text names somebody of
 * one; and what of an entry tells how a case stands, or how a search over cases ended: its detail,
 * and the hash, which of the few things that a detail can be would prove the right one, as would
 * that of any later entry. That the chain is whole, the hub tells.
 */
final class CaseFacts {
  /** Written by earlier versions: that a text was held, and looked through. */
  static final List<String> ENTRIES = List.of("newsletter.held", "newsletter.cleared");

  /** The first words of actions whose details tell of a case. */
  private static final Set<String> CASEWORK =
      Set.of("case", "filing", "development", "alert", "call");

  /** Whether a text names somebody is known by how many places were shown. */
  private static final Set<String> SEARCHES = Set.of("read.leak_places");

  private CaseFacts() {}

  static AuditEntry hidden(AuditEntry entry) {
    return entry.without(tells(entry.action()));
  }

  private static boolean tells(String action) {
    int dot = action.indexOf('.');
    return SEARCHES.contains(action)
        || CASEWORK.contains(dot < 0 ? action : action.substring(0, dot));
  }
}
