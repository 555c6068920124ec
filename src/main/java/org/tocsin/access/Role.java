package org.tocsin.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a member of staff is trusted with. The words are the trade's and the database's. */
public enum Role {
  CASE_OFFICER,
  APPROVER,
  RELEASE_OFFICER,
  NEWSLETTER_EDITOR,
  MEMBERSHIP_OFFICER,
  INTEGRATION_ADMIN,
  AUDITOR,
  SECURITY_ADMIN;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
