package org.tocsin.alerts;

import java.util.List;
import java.util.Optional;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code alerts.sending}: which broadcasts carry a message. */
final class SendingRepository {
  private static final String INSERT =
      "INSERT INTO alerts.sending (message, channel, broadcast) VALUES ($1, $2, $3)";
  private static final String CARRIED_BY =
      "SELECT message FROM alerts.sending WHERE broadcast = $1";
  private static final String OF =
      "SELECT message, channel, broadcast FROM alerts.sending WHERE message = $1 ORDER BY channel";
  private static final String OF_CHAIN =
      """
      SELECT s.message, s.channel, s.broadcast FROM alerts.sending s JOIN alerts.message m ON m.id = s.message
      WHERE m.chain = $1 ORDER BY s.broadcast
      """;

  void insert(Tx tx, AlertId id, String channel, BroadcastId broadcast) {
    tx.run(INSERT, id.value(), channel, broadcast.value());
  }

  Optional<AlertId> carriedBy(Sql sql, BroadcastId broadcast) {
    return sql.find(CARRIED_BY, row -> new AlertId(row.getLong("message")), broadcast.value());
  }

  List<Sending> of(Sql sql, AlertId id) {
    return sql.list(OF, SendingRepository::read, id.value());
  }

  List<Sending> ofChain(Sql sql, ChainId chain) {
    return sql.list(OF_CHAIN, SendingRepository::read, chain.value());
  }

  private static Sending read(io.vertx.sqlclient.Row row) {
    return new Sending(
        new AlertId(row.getLong("message")),
        row.getString("channel"),
        new BroadcastId(row.getLong("broadcast")));
  }
}
