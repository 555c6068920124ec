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
      Flyway.configure()
          .dataSource(server.jdbcUrl(), roles.hub().username(), roles.hub().password())
          .locations("classpath:db/migration")
          .defaultSchema("public")
          .placeholders(
              Map.of(
                  "hub", roles.hub().username(),
                  "site", roles.site().username(),
                  "courier", roles.courier().username()))
          .validateMigrationNaming(true)
          .load()
          .migrate();
    } catch (FlywayException failure) {
      throw new DatabaseFailure("migration failed: " + words(failure), "", failure);
    }
  }

  /** Flyway frames what it quotes; the database's own words say it in a line. */
  private static String words(FlywayException failure) {
    return failure.getCause() instanceof SQLException refused && refused.getMessage() != null
        ? refused.getMessage()
        : String.valueOf(failure.getMessage());
  }
}
