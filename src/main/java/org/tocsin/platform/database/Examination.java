package org.tocsin.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.platform.config.Settings.Postgres;

/** What of a database that can be reached would make trouble later; changes nothing. */
public final class Examination implements AutoCloseable {
  private static final int LEAST_VERSION = 16;
  private static final Duration MOST_SKEW = Duration.ofSeconds(5);

  /**
   * What a role must and must not be able to do; the whole list is the migrations' and its test's.
   */
  private record Right(boolean site, String table, String verb, boolean wanted) {}

  private static final List<Right> RIGHTS =
      List.of(
          new Right(true, "publications.published_newsletter", "SELECT", true),
          new Right(true, "people.sign_up_request", "INSERT", true),
          new Right(true, "people.sign_up_request", "SELECT", false),
          new Right(true, "people.subscriber", "SELECT", false),
          new Right(true, "access.staff", "SELECT", false),
          new Right(true, "engine.recipient", "SELECT", false),
          new Right(false, "engine.segment", "UPDATE", true),
          new Right(false, "people.addressee", "SELECT", true),
          new Right(false, "people.subscriber", "SELECT", false),
          new Right(false, "publications.newsletter", "SELECT", false),
          new Right(false, "access.staff", "SELECT", false));

  private final Connection connection;
  private final Postgres roles;

  private Examination(Connection connection, Postgres roles) {
    this.connection = connection;
    this.roles = roles;
  }

  /** As the hub's role, which has signed in before. */
  public static Examination of(ServerAddress server, Postgres roles) {
    try {
      return new Examination(
          DriverManager.getConnection(
              server.jdbcUrl(), roles.hub().username(), roles.hub().password()),
          roles);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  public List<String> version() {
    int version = Integer.parseInt(ask("SHOW server_version_num")) / 10_000;
    return version < LEAST_VERSION
        ? List.of("PostgreSQL " + version + " is too old; " + LEAST_VERSION + " or later is needed")
        : List.of();
  }

  public List<String> rights() {
    List<String> problems = new ArrayList<>();
    for (Right right : RIGHTS) {
      String role = (right.site() ? roles.site() : roles.courier()).username();
      boolean has =
          ask("SELECT has_table_privilege('%s', '%s', '%s')"
                  .formatted(role, right.table(), right.verb()))
              .equals("t");
      if (has != right.wanted()) {
        problems.add(
            "%s %s on %s: %s it"
                .formatted(
                    role,
                    has ? "may " + right.verb() : "may not " + right.verb(),
                    right.table(),
                    has ? "REVOKE" : "GRANT"));
      }
    }
    for (String role : List.of(roles.site().username(), roles.courier().username())) {
      if (ask("SELECT has_database_privilege('%s', current_database(), 'TEMP')".formatted(role))
          .equals("t")) {
        problems.add(
            role
                + " may make temporary tables: REVOKE TEMPORARY ON DATABASE "
                + ask("SELECT quote_ident(current_database())")
                + " FROM PUBLIC");
      }
    }
    for (String role :
        List.of(roles.hub().username(), roles.site().username(), roles.courier().username())) {
      if (ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = '%s'".formatted(role))
          .equals("t")) {
        problems.add(role + " is a superuser: ALTER ROLE " + role + " NOSUPERUSER NOBYPASSRLS");
      }
    }
    return problems;
  }

  /**
   * What the site's and the courier's roles may ask of tables that they may not read. No problem to
   * mend where a managed server lets nobody close it; the README says what can be inferred then.
   */
  public List<String> openStatistics() {
    return list(Statistics.OPEN.formatted(roles.site().username()));
  }

  public List<String> clock(InstantSource here) {
    long there =
        Long.parseLong(ask("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
    Duration skew = Duration.ofMillis(Math.abs(here.millis() - there));
    return skew.compareTo(MOST_SKEW) > 0
        ? List.of(
            "this machine's clock and the database's are "
                + skew.toSeconds()
                + " s apart; let both keep time by NTP")
        : List.of();
  }

  private String ask(String question) {
    List<String> answers = list(question);
    return answers.isEmpty() ? "" : answers.getFirst();
  }

  private List<String> list(String question) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      List<String> answers = new ArrayList<>();
      while (rows.next()) {
        answers.add(String.valueOf(rows.getString(1)));
      }
      return answers;
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static DatabaseFailure failed(SQLException failure) {
    return new DatabaseFailure(
        String.valueOf(failure.getMessage()),
        failure.getSQLState() == null ? "" : failure.getSQLState(),
        failure);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }
}
