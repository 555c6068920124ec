package org.tocsin.platform.database;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs statements, in a transaction ({@link Tx}) or each on its own ({@link Database}). */
public abstract sealed class Sql permits Database, Tx {
  abstract SqlClient client();

  public final <T> List<T> list(String sql, Function<Row, T> read, @Nullable Object... arguments) {
    RowSet<Row> rows = execute(sql, arguments);
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return list;
  }

  public final <T> Optional<T> find(
      String sql, Function<Row, T> read, @Nullable Object... arguments) {
    RowSet<Row> rows = execute(sql, arguments);
    return rows.size() == 0 ? Optional.empty() : Optional.of(read.apply(rows.iterator().next()));
  }

  /** The one row of a statement that always answers with one. */
  public final <T> T get(String sql, Function<Row, T> read, @Nullable Object... arguments) {
    return find(sql, read, arguments)
        .orElseThrow(() -> new IllegalStateException("no row for: " + firstLine(sql)));
  }

  /** Runs a statement and says how many rows it touched. */
  public final int run(String sql, @Nullable Object... arguments) {
    return execute(sql, arguments).rowCount();
  }

  private RowSet<Row> execute(String sql, @Nullable Object... arguments) {
    return await(sql, client().preparedQuery(sql).execute(Tuple.from(arguments)));
  }

  static <T> T await(String sql, Future<T> future) {
    try {
      return future.await();
    } catch (Throwable failure) {
      throw translated(firstLine(sql), failure);
    }
  }

  /** Awaited failures carry no frame of ours: wrap them, so that the caller stands in the trace. */
  static RuntimeException translated(String operation, Throwable failure) {
    if (failure instanceof PgException refused) {
      String state = refused.getSqlState() == null ? "" : refused.getSqlState();
      String constraint = refused.getConstraint() == null ? "" : refused.getConstraint();
      return state.startsWith("23")
          ? new ConstraintViolated(constraint, refused)
          : new DatabaseFailure(operation + ": " + refused.getErrorMessage(), state, refused);
    }
    return failure instanceof DatabaseFailure ours
        ? ours
        : new DatabaseFailure(operation + ": " + failure.getMessage(), "", failure);
  }

  private static String firstLine(String sql) {
    return sql.strip().lines().findFirst().orElse("");
  }
}
