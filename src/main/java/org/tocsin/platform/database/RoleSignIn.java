package org.tocsin.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.platform.config.Settings.Postgres;

/** Signs in once as each role: what is wrong is told at start, by the key that mends it. */
public final class RoleSignIn {
  private static final String DEADLINE_SECONDS = "10";
  private static final String WRONG_PASSWORD = "28P01";
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String NO_CONNECTION = "08";

  private RoleSignIn() {}

  public static void require(ServerAddress server, Postgres roles) {
    List<String> problems = problems(server, roles);
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  /** Each names its key; a server that cannot be reached is one problem and not three. */
  public static List<String> problems(ServerAddress server, Postgres roles) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Login> role :
        List.of(
            Map.entry("database", roles.hub()),
            Map.entry("database.site", roles.site()),
            Map.entry("database.courier", roles.courier()))) {
      Optional<String> problem = problem(server, role.getKey(), role.getValue());
      problem.filter(text -> !problems.contains(text)).ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> problem(ServerAddress server, String key, Login login) {
    Properties options = new Properties();
    options.setProperty("user", login.username());
    options.setProperty("password", login.password());
    options.setProperty("connectTimeout", DEADLINE_SECONDS);
    options.setProperty("socketTimeout", DEADLINE_SECONDS);
    try (Connection _ = DriverManager.getConnection(server.jdbcUrl(), options)) {
      return Optional.empty();
    } catch (SQLException refused) {
      String state = refused.getSQLState() == null ? "" : refused.getSQLState();
      String where = server.host() + ":" + server.port();
      return Optional.of(
          switch (state) {
            case WRONG_PASSWORD ->
                key + ".password is not that of the role " + login.username() + ", or it is absent";
            case NO_SUCH_DATABASE ->
                "database.url: there is no database " + server.database() + " on " + where;
            default ->
                state.startsWith(NO_CONNECTION)
                    ? "database.url: " + where + " does not answer: " + words(refused)
                    : key + ".username: " + login.username() + " is not let in: " + words(refused);
          });
    }
  }

  private static String words(SQLException refused) {
    return String.valueOf(refused.getMessage()).lines().findFirst().orElse("").strip();
  }
}
