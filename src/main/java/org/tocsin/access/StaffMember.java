package org.tocsin.access;

import java.util.Set;
import org.tocsin.audit.Audit;

/**
 * Somebody who works here, opened for use in this process.
 *
 * @param roles what they are trusted with
 * @param verbs what they may now: all that the roles allow, or less where a token acts for them
 */
public record StaffMember(
    StaffId id,
    String email,
    String name,
    Set<Role> roles,
    Set<Permission> verbs,
    boolean hasPassword) {
  public StaffMember(StaffId id, String email, String name, Set<Role> roles, boolean hasPassword) {
    this(id, email, name, roles, Permission.of(roles), hasPassword);
  }

  public boolean may(Permission permission) {
    return permission == Permission.ANYONE || verbs.contains(permission);
  }

  /** Which entries of the audit are for them. */
  public Audit.Sight sight() {
    return may(Permission.READ_CASES) ? Audit.Sight.WITH_CASES : Audit.Sight.WITHOUT_CASES;
  }

  /** The same person, with no more than the scope lists. */
  StaffMember within(TokenScope scope) {
    return new StaffMember(id, email, name, scope.narrowed(roles), scope.of(roles), hasPassword);
  }

  @Override
  public String toString() {
    return id.actor();
  }
}
