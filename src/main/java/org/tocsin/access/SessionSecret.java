package org.tocsin.access;

import java.util.Base64;
import org.tocsin.platform.crypto.Secrets;

/**
 * What follows from a session's secret, which only its cookie holds: staff's and members' alike.
 */
public final class SessionSecret {
  private SessionSecret() {}

  /** Derived, so that whoever reads the table of sessions cannot forge a form either. */
  public static String csrf(String secret) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.digest("csrf:" + secret));
  }
}
