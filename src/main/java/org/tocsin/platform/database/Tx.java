package org.tocsin.platform.database;

import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

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

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
