package org.tocsin.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.tocsin.platform.config.Settings.Login;

/**
 * What an administrator does once on a real server, done here on the embedded one: three login
 * roles, a database that belongs to the hub's, and PostgreSQL's statistics closed to the others.
 * Roles are cluster-wide, so each step looks first.
 */
public final class Bootstrap {
  private Bootstrap() {}

  public static void ensure(
      EmbeddedPostgres server, String database, Login hub, List<Login> others) {
    try (Connection admin =
            DriverManager.getConnection(
                server.address("postgres").jdbcUrl(),
                server.superuser(),
                server.superuserPassword());
        Statement run = admin.createStatement()) {
      ensureRole(admin, hub);
      for (Login other : others) {
        ensureRole(admin, other);
      }
      if (!exists(admin, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
        run.execute("CREATE DATABASE \"" + database + "\" OWNER \"" + hub.username() + "\"");
      }
      // From another database of the cluster they could ask for the size of this one.
      run.execute("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC");
      restrict(admin, database, hub, others);
      closeStatistics(server, database, hub);
    } catch (SQLException failure) {
      throw new DatabaseFailure(
          "cannot prepare the embedded database: " + failure.getMessage(), "", failure);
    }
  }

  /** Only these roles come in, and only the owner makes temporary tables. */
  public static void restrict(Connection admin, String database, Login hub, List<Login> others)
      throws SQLException {
    try (Statement run = admin.createStatement()) {
      run.execute("REVOKE CONNECT, TEMPORARY ON DATABASE \"" + database + "\" FROM PUBLIC");
      for (Login login : Stream.concat(Stream.of(hub), others.stream()).toList()) {
        run.execute(
            "GRANT CONNECT ON DATABASE \"" + database + "\" TO \"" + login.username() + "\"");
      }
    }
  }

  private static void closeStatistics(EmbeddedPostgres server, String database, Login hub)
      throws SQLException {
    try (Connection inside =
        DriverManager.getConnection(
            server.address(database).jdbcUrl(), server.superuser(), server.superuserPassword())) {
      Statistics.close(inside, hub.username());
    }
  }

  private static void ensureRole(Connection admin, Login login) throws SQLException {
    String verb =
        exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = ?", login.username())
            ? "ALTER"
            : "CREATE";
    try (Statement run = admin.createStatement()) {
      run.execute(
          verb
              + " ROLE \""
              + login.username()
              + "\" LOGIN PASSWORD '"
              + login.password().replace("'", "''")
              + "'");
    }
  }

  private static boolean exists(Connection admin, String question, String name)
      throws SQLException {
    try (PreparedStatement ask = admin.prepareStatement(question)) {
      ask.setString(1, name);
      try (ResultSet answer = ask.executeQuery()) {
        return answer.next();
      }
    }
  }
}
