package org.tocsin.web;

import java.util.Optional;
import org.tocsin.access.Session;
import org.tocsin.access.StaffMember;

/**
 * Who holds a session secret or an API token. Implemented over {@code access} where all is wired.
 */
public interface Identity {
  Optional<Session> session(String secret);

  Optional<StaffMember> bearer(String token);

  /** Whether a token that is nobody's was somebody's until its time ended. */
  boolean expired(String token);
}
