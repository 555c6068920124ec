package org.tocsin.correspondents;

import java.util.Locale;

/** How a membership stands. */
public enum MemberState {
  ACTIVE,
  SUSPENDED,
  ENDED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
