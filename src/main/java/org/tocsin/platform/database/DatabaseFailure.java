package org.tocsin.platform.database;

/**
 * The database refused or did not answer. {@link #state()} is the SQLSTATE, empty without an
 * answer.
 */
public class DatabaseFailure extends RuntimeException {
  private final String state;

  DatabaseFailure(String message, String state, Throwable cause) {
    super(message, cause);
    this.state = state;
  }

  public final String state() {
    return state;
  }

  /** True where the role lacks the right (SQLSTATE 42501). */
  public final boolean forbidden() {
    return state.equals("42501");
  }
}
