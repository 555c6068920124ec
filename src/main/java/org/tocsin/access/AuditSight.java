package org.tocsin.access;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.tocsin.audit.AuditEntry;

/**
 * What one member of staff is shown of an entry of the audit: who did what and when to everybody
 * who reads it, how a case stands or a search over cases ended to nobody who reads no cases.
 *
 * <p>Nor are they shown a hash: of the few things that a detail can be, it would prove the right
 * one, and so would that of any later entry. That the chain is whole, the hub tells them.
 */
public final class AuditSight {
  /** The first words of actions whose details tell of a case. */
  private static final Set<String> CASEWORK =
      Set.of("case", "filing", "development", "alert", "call");

  /** Whether a text names somebody is known by how many places were shown. */
  private static final Set<String> SEARCHES = Set.of("read.leak_places");

  private AuditSight() {}

  public static UnaryOperator<AuditEntry> of(StaffMember viewer) {
    return viewer.may(Permission.READ_CASES)
        ? UnaryOperator.identity()
        : entry -> entry.without(tells(entry.action()));
  }

  private static boolean tells(String action) {
    int dot = action.indexOf('.');
    return SEARCHES.contains(action)
        || CASEWORK.contains(dot < 0 ? action : action.substring(0, dot));
  }
}
