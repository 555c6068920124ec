package org.tocsin.platform.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One role's pool of connections. */
public final class Database extends Sql implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final int WAITERS_PER_CONNECTION = 200;
  private static final int ACQUIRE_SECONDS = 10;

  private static final String OTHERS =
      """
      SELECT count(*) AS others FROM pg_stat_activity
      WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
      """;

  private final Pool pool;
  private final ScopedValue<Tx> joined = ScopedValue.newInstance();

  private Database(Pool pool) {
    this.pool = pool;
  }

  public static Database open(
      Vertx vertx, ServerAddress server, String role, String password, int size) {
    PgConnectOptions connect =
        new PgConnectOptions()
            .setHost(server.host())
            .setPort(server.port())
            .setDatabase(server.database())
            .setSslMode(server.ssl())
            .setSslOptions(server.tls())
            .setUser(role)
            .setPassword(password)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(512)
            // By itself the client plans anew, each time, what is longer than 2,048 characters.
            .setPreparedStatementCacheSqlFilter(_ -> true)
            .setReconnectAttempts(0)
            .addProperty("application_name", role);
    PoolOptions options =
        new PoolOptions()
            .setMaxSize(size)
            .setMaxWaitQueueSize(size * WAITERS_PER_CONNECTION)
            .setConnectionTimeout(ACQUIRE_SECONDS)
            .setConnectionTimeoutUnit(TimeUnit.SECONDS)
            .setName(role);
    return new Database(PgBuilder.pool().with(options).connectingTo(connect).using(vertx).build());
  }

  @Override
  SqlClient client() {
    return joined.isBound() ? joined.get().client() : pool;
  }

  /** Whether a statement comes back at all; throws what stood in its way. */
  public boolean answers() {
    return get("SELECT 1 AS one", row -> row.getInteger("one")) == 1;
  }

  /** Whether the caller stands inside {@link #together}. */
  public boolean isJoined() {
    return joined.isBound();
  }

  /** Runs {@code work} in one transaction: all of it, or none. */
  public <T> T transaction(Function<Tx, T> work) {
    return joined.isBound() ? joined.get().part(work) : whole(work);
  }

  /**
   * Runs {@code work} in one transaction that every transaction and statement on this database
   * inside it joins, so that two features that know nothing of each other commit together. Not for
   * work that waits for anything but the database.
   */
  public <T> T together(Function<Tx, T> work) {
    if (joined.isBound()) {
      return joined.get().part(work);
    }
    SqlConnection connection = await("connect", pool.getConnection());
    try {
      await("begin", connection.query("BEGIN").execute());
      Tx tx = new Tx(connection);
      T result;
      try {
        result = ScopedValue.where(joined, tx).call(() -> work.apply(tx));
        // An aborted transaction would answer COMMIT with a silent rollback; it refuses a SELECT.
        await("commit", connection.query("SELECT 1; COMMIT").execute());
      } catch (Throwable failure) {
        rollBack(() -> connection.query("ROLLBACK").execute(), failure);
        throw failure;
      }
      tx.committed();
      return result;
    } finally {
      connection.close().onFailure(lost -> log.debug("connection lost on return", lost));
    }
  }

  private <T> T whole(Function<Tx, T> work) {
    SqlConnection connection = await("connect", pool.getConnection());
    try {
      Transaction transaction = await("begin", connection.begin());
      Tx tx = new Tx(connection);
      T result;
      try {
        result = work.apply(tx);
      } catch (Throwable failure) {
        rollBack(transaction::rollback, failure);
        throw failure;
      }
      await("commit", transaction.commit());
      tx.committed();
      return result;
    } finally {
      connection.close().onFailure(lost -> log.debug("connection lost on return", lost));
    }
  }

  /** {@link #transaction} for work without an answer. */
  public void inTransaction(Consumer<Tx> work) {
    transaction(
        tx -> {
          work.accept(tx);
          return tx;
        });
  }

  /** Connections of this role that are not this pool's one: a hub, or another command. */
  public long othersConnected() {
    return get(OTHERS, row -> row.getLong("others"));
  }

  private static void rollBack(Supplier<Future<?>> rollback, Throwable failure) {
    try {
      rollback.get().await();
    } catch (Throwable alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  @Override
  public void close() {
    await("close", pool.close());
  }
}
