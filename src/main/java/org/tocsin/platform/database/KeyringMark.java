package org.tocsin.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.SealedTable.Sealed;

/**
 * Ties a database to the keyring that sealed it. With another one nobody would be found again, and
 * what it wrote could not be told from the rest; so it is refused first.
 */
public final class KeyringMark {
  private static final String PURPOSE = "keyring.mark";
  private static final String WORD = "tocsin";
  private static final String NO_SUCH_TABLE = "42P01";
  private static final String NO_SUCH_SCHEMA = "3F000";
  private static final String READ = "SELECT mark_sealed FROM access.keyring_mark";
  private static final String WRITE =
      "INSERT INTO access.keyring_mark (mark_sealed) VALUES (?) ON CONFLICT DO NOTHING";

  private final ServerAddress server;
  private final Login hub;

  public KeyringMark(ServerAddress server, Login hub) {
    this.server = server;
    this.hub = hub;
  }

  public static List<SealedTable> sealedTables() {
    return List.of(
        new SealedTable(
            "access.keyring_mark", List.of(new Sealed("mark_sealed", PURPOSE)), List.of()));
  }

  /** Whether a keyring has sealed this database; one that is not migrated yet is unmarked. */
  public boolean isMade() {
    return read().isPresent();
  }

  /** Refuses a keyring that did not make the mark; says nothing where there is none yet. */
  public void check(Sealer sealer) {
    read()
        .ifPresent(
            mark -> {
              try {
                sealer.open(PURPOSE, mark);
              } catch (UnusableKeyring foreign) {
                throw new UnusableKeyring(
                    "the keyring in data_dir/keys is not the one that sealed this database; restore its backup there");
              }
            });
  }

  /** Marks a database that has no mark yet; call it after the migrations. */
  public void make(Sealer sealer) {
    try (Connection connection = connect();
        PreparedStatement write = connection.prepareStatement(WRITE)) {
      write.setBytes(1, sealer.seal(PURPOSE, WORD));
      write.executeUpdate();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private Optional<byte[]> read() {
    try (Connection connection = connect();
        PreparedStatement read = connection.prepareStatement(READ);
        ResultSet row = read.executeQuery()) {
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    } catch (SQLException failure) {
      if (NO_SUCH_TABLE.equals(failure.getSQLState())
          || NO_SUCH_SCHEMA.equals(failure.getSQLState())) {
        return Optional.empty();
      }
      throw failed(failure);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), hub.username(), hub.password());
  }

  private static DatabaseFailure failed(SQLException failure) {
    return new DatabaseFailure(
        "the keyring's mark: " + failure.getMessage(),
        failure.getSQLState() == null ? "" : failure.getSQLState(),
        failure);
  }
}
