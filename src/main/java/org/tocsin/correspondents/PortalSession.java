package org.tocsin.correspondents;

/** A member signed in. {@code csrf} must come back with every form of this session. */
public record PortalSession(Member member, String csrf) {
  @Override
  public String toString() {
    return "PortalSession[" + member + "]";
  }
}
