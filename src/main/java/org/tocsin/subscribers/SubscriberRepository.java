package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code people.subscriber} and {@code people.subscription}, one person at a time. */
final class SubscriberRepository {
  private static final String PERSON =
      """
      SELECT s.*, t.topics, t.states, t.since
      FROM people.subscriber s CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(topic ORDER BY topic), '{}') AS topics,
          coalesce(array_agg(state ORDER BY topic), '{}') AS states,
          coalesce(array_agg(since ORDER BY topic), '{}') AS since
        FROM people.subscription WHERE subscriber = s.id) t
      """;
  private static final String BY_ID = PERSON + "WHERE s.id = $1";
  private static final String BY_HASH =
      PERSON + "WHERE s.address_hash = ANY($1) ORDER BY s.id LIMIT 1";
  private static final String PAGE =
      PERSON
          + """
          WHERE s.id < $1 AND ($2 = '' OR s.state = $2)
            AND ($3 = '' OR EXISTS (SELECT FROM people.subscription x
              WHERE x.subscriber = s.id AND x.topic = $3 AND x.state <> 'LEFT'))
          ORDER BY s.id DESC LIMIT $4
          """;
  private static final String LOCK =
      "SELECT id FROM people.subscriber WHERE id = $1 FOR NO KEY UPDATE";
  private static final String LOCK_BY_HASH =
      "SELECT id FROM people.subscriber WHERE address_hash = ANY($1) ORDER BY id LIMIT 1 FOR NO KEY UPDATE";
  private static final String INSERT =
      """
      INSERT INTO people.subscriber (address_hash, address_sealed, domain_hash, language, state, source,
        consent_source, created_at, pending_until)
      VALUES ($1, $2, $3, $4, 'PENDING', 'sign-up', $5, $6, $7) RETURNING id
      """;
  private static final String WAIT =
      "UPDATE people.subscriber SET language = $2, pending_until = $3 WHERE id = $1";
  private static final String SET_STATE =
      """
      UPDATE people.subscriber SET state = $2, confirmed_at = coalesce($3, confirmed_at), pending_until = NULL
      WHERE id = $1
      """;
  private static final String SET_LANGUAGE =
      "UPDATE people.subscriber SET language = $2 WHERE id = $1";
  private static final String SET_ADDRESS =
      """
      UPDATE people.subscriber SET address_hash = $2, address_sealed = $3, domain_hash = $4, links = links + 1
      WHERE id = $1
      """;
  private static final String PUT_TOPICS =
      """
      INSERT INTO people.subscription (subscriber, topic, state, since)
      SELECT $1, topic, $3, $4 FROM unnest($2::text[]) AS topic
      ON CONFLICT (subscriber, topic) DO UPDATE SET state = excluded.state, since = excluded.since
      WHERE people.subscription.state <> excluded.state
      """;
  private static final String DELETE = "DELETE FROM people.subscriber WHERE id = $1";
  private static final String DELETE_UNCONFIRMED =
      "DELETE FROM people.subscriber WHERE state = 'PENDING' AND pending_until <= $1";

  private final PeopleVault vault;

  SubscriberRepository(PeopleVault vault) {
    this.vault = vault;
  }

  Optional<Person> find(Sql sql, SubscriberId id) {
    return sql.find(BY_ID, this::person, id.value());
  }

  Optional<Person> find(Sql sql, EmailAddress address) {
    return sql.find(BY_HASH, this::person, (Object) buffers(vault.hashes(address)));
  }

  /**
   * Waits for whoever else changes this person, and then reads: a row read by the locking statement
   * itself could be older than the lock.
   */
  Optional<Person> lock(Tx tx, SubscriberId id) {
    return tx.find(LOCK, SubscriberRepository::id, id.value()).flatMap(locked -> find(tx, locked));
  }

  Optional<Person> lock(Tx tx, EmailAddress address) {
    return tx.find(LOCK_BY_HASH, SubscriberRepository::id, (Object) buffers(vault.hashes(address)))
        .flatMap(locked -> find(tx, locked));
  }

  /** Newest first. An empty state or topic means any. */
  List<Person> page(Sql sql, long before, String state, String topic, int limit) {
    return sql.list(PAGE, this::person, before, state, topic, limit);
  }

  SubscriberId insertPending(
      Tx tx, EmailAddress address, String language, String consentSource, Instant now) {
    return tx.get(
        INSERT,
        SubscriberRepository::id,
        Buffer.buffer(vault.hash(address)),
        Buffer.buffer(vault.seal(address)),
        Buffer.buffer(vault.domainHash(address)),
        language,
        consentSource,
        time(now),
        time(now.plus(Person.PENDING_FOR)));
  }

  void keepWaiting(Tx tx, SubscriberId id, String language, Instant now) {
    tx.run(WAIT, id.value(), language, time(now.plus(Person.PENDING_FOR)));
  }

  void setState(Tx tx, SubscriberId id, SubscriberState state, Optional<Instant> confirmedAt) {
    @Nullable OffsetDateTime confirmed = confirmedAt.map(SubscriberRepository::time).orElse(null);
    tx.run(SET_STATE, id.value(), state.name(), confirmed);
  }

  void setLanguage(Tx tx, SubscriberId id, String language) {
    tx.run(SET_LANGUAGE, id.value(), language);
  }

  /** Ends every link in mails to the old address. */
  void setAddress(Tx tx, SubscriberId id, EmailAddress address) {
    tx.run(
        SET_ADDRESS,
        id.value(),
        Buffer.buffer(vault.hash(address)),
        Buffer.buffer(vault.seal(address)),
        Buffer.buffer(vault.domainHash(address)));
  }

  /** A topic that is in this state already keeps its date. */
  void putTopics(
      Tx tx, SubscriberId id, Collection<String> topics, Subscription.State state, Instant now) {
    if (!topics.isEmpty()) {
      tx.run(PUT_TOPICS, id.value(), topics.toArray(String[]::new), state.name(), time(now));
    }
  }

  void delete(Tx tx, SubscriberId id) {
    tx.run(DELETE, id.value());
  }

  int deleteUnconfirmed(Sql sql, Instant now) {
    return sql.run(DELETE_UNCONFIRMED, time(now));
  }

  private Person person(Row row) {
    String[] topics = row.getArrayOfStrings("topics");
    String[] states = row.getArrayOfStrings("states");
    OffsetDateTime[] since = row.getArrayOfOffsetDateTimes("since");
    List<Subscription> subscriptions = new ArrayList<>();
    for (int i = 0; i < topics.length; i++) {
      subscriptions.add(
          new Subscription(topics[i], Subscription.State.valueOf(states[i]), since[i].toInstant()));
    }
    return new Person(
        id(row),
        row.getInteger("links"),
        vault.openAddress(row.getBuffer("address_sealed").getBytes()),
        Optional.ofNullable(row.getBuffer("name_sealed"))
            .map(closed -> vault.openName(closed.getBytes())),
        row.getString("language"),
        SubscriberState.valueOf(row.getString("state")),
        row.getString("source"),
        row.getString("consent_source"),
        row.getOffsetDateTime("created_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("confirmed_at")).map(OffsetDateTime::toInstant),
        List.copyOf(subscriptions));
  }

  private static SubscriberId id(Row row) {
    return new SubscriberId(row.getLong("id"));
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Buffer[] buffers(byte[][] values) {
    return Arrays.stream(values).map(Buffer::buffer).toArray(Buffer[]::new);
  }
}
