package org.tocsin.platform.database;

import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.tocsin.platform.config.Settings.Postgres;

/** Brings the schema to this version of the hub, as the hub's own role. */
public final class Migrations {
  private Migrations() {}

  public static void run(ServerAddress server, Postgres roles) {
    try {
      flyway(server, roles).migrate();
    } catch (FlywayException failure) {
      throw new DatabaseFailure("migration failed: " + words(failure), "", failure);
    }
  }

  /** How many are still to be made. */
  public static int pending(ServerAddress server, Postgres roles) {
    try {
      return flyway(server, roles).info().pending().length;
    } catch (FlywayException failure) {
      throw new DatabaseFailure(words(failure), "", failure);
    }
  }

  private static Flyway flyway(ServerAddress server, Postgres roles) {
    return Flyway.configure()
        .dataSource(server.jdbcUrl(), roles.hub().username(), roles.hub().password())
        .locations("classpath:db/migration")
        .defaultSchema("public")
        .placeholders(
            Map.of(
                "hub", roles.hub().username(),
                "site", roles.site().username(),
                "courier", roles.courier().username()))
        .validateMigrationNaming(true)
        .load();
  }

  /** Flyway frames what it quotes; the database's own words say it in a line. */
  private static String words(FlywayException failure) {
    return failure.getCause() instanceof SQLException refused && refused.getMessage() != null
        ? refused.getMessage()
        : String.valueOf(failure.getMessage());
  }
}
