package org.tocsin.access;

import java.util.Set;

/** Somebody who works here, opened for use in this process. */
public record StaffMember(
    StaffId id, String email, String name, Set<Role> roles, boolean hasPassword) {
  public boolean may(Permission permission) {
    return permission.allows(roles);
  }

  @Override
  public String toString() {
    return id.actor();
  }
}
