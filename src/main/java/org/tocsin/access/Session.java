package org.tocsin.access;

/** Somebody signed in. {@code csrf} must come back with every form of this session. */
public record Session(StaffMember staff, String csrf) {
  @Override
  public String toString() {
    return "Session[" + staff + "]";
  }
}
