package org.tocsin.platform.database;

import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An open transaction. What {@link #afterCommit} holds runs once it is durable, never otherwise.
 */
public final class Tx extends Sql {
  private final SqlConnection connection;
  private final List<Runnable> afterCommit = new ArrayList<>();

  Tx(SqlConnection connection) {
    this.connection = connection;
  }

  @Override
  SqlClient client() {
    return connection;
  }

  /** For news: a doorbell rung before the commit would wake somebody who finds nothing. */
  public void afterCommit(Runnable news) {
    afterCommit.add(news);
  }

  /** A transaction inside this one: what it throws undoes it alone. */
  <T> T part(Function<Tx, T> work) {
    int news = afterCommit.size();
    await("savepoint", connection.query("SAVEPOINT part").execute());
    T result;
    try {
      result = work.apply(this);
    } catch (Throwable failure) {
      afterCommit.subList(news, afterCommit.size()).clear();
      undoPart(failure);
      throw failure;
    }
    await("release savepoint", connection.query("RELEASE SAVEPOINT part").execute());
    return result;
  }

  private void undoPart(Throwable failure) {
    try {
      connection.query("ROLLBACK TO SAVEPOINT part").execute().await();
    } catch (Throwable alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
