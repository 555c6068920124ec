package org.tocsin.platform.database;

import io.vertx.pgclient.PgException;

/** A rule of the database was about to be broken; {@link #constraint()} names it. */
public final class ConstraintViolated extends DatabaseFailure {
  private final String constraint;

  ConstraintViolated(String constraint, PgException cause) {
    super("violates " + constraint, cause.getSqlState(), cause);
    this.constraint = constraint;
  }

  public String constraint() {
    return constraint;
  }
}
