package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.subscribers.ImportRow.Read;

/** Owns {@code people.import}, and writes people by the batch. */
final class ImportRepository {
  private static final String BEGIN =
      """
      INSERT INTO people.import (file_digest, options, rows_total, started_at, finished_at)
      VALUES ($1, $2, $3, $4, CASE WHEN $3 = 0 THEN $4::timestamptz END)
      ON CONFLICT (file_digest, options) DO NOTHING
      """;
  private static final String FIND =
      "SELECT * FROM people.import WHERE file_digest = $1 AND options = $2";
  private static final String LOCK = "SELECT * FROM people.import WHERE id = $1 FOR UPDATE";
  private static final String ADVANCE =
      """
      UPDATE people.import SET rows_done = $2, counts = $3,
        finished_at = CASE WHEN rows_total = $2 THEN $4::timestamptz END
      WHERE id = $1
      """;
  private static final String SUPPRESSED =
      "SELECT address_hash FROM engine.suppression WHERE address_hash = ANY($1)";
  private static final String LOCK_KNOWN =
      "SELECT id FROM people.subscriber WHERE address_hash = ANY($1) ORDER BY id FOR NO KEY UPDATE";
  private static final String KNOWN =
      """
      SELECT s.id, s.address_hash, s.state, s.source,
        ARRAY(SELECT topic FROM people.subscription WHERE subscriber = s.id AND state = 'ACTIVE') AS active,
        ARRAY(SELECT topic FROM people.subscription WHERE subscriber = s.id AND state = 'LEFT') AS gone
      FROM people.subscriber s WHERE s.address_hash = ANY($1)
      """;
  private static final String INSERT =
      """
      WITH new AS (
        INSERT INTO people.subscriber (address_hash, address_sealed, domain_hash, name_sealed, language,
          state, source, consent_source, created_at, confirmed_at)
        SELECT a, b, d, n, l, $6, 'import', $7, $8, c
        FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[], $5::text[], $10::timestamptz[])
          AS row (a, b, d, n, l, c)
        RETURNING id)
      INSERT INTO people.subscription (subscriber, topic, state, since)
      SELECT new.id, topic, CASE $6 WHEN 'ACTIVE' THEN 'ACTIVE' ELSE 'LEFT' END, $8
      FROM new, unnest($9::text[]) AS topic
      """;
  private static final String ADD_TOPICS =
      """
      INSERT INTO people.subscription (subscriber, topic, state, since)
      SELECT id, topic, 'ACTIVE', $3 FROM unnest($1::bigint[]) AS id, unnest($2::text[]) AS topic
      ON CONFLICT (subscriber, topic) DO UPDATE SET state = 'ACTIVE', since = excluded.since
      WHERE people.subscription.state = 'PENDING'
      """;
  private static final String ACTIVATE =
      """
      UPDATE people.subscriber SET state = 'ACTIVE', consent_source = $2, pending_until = NULL
      WHERE id = ANY($1) AND state = 'PENDING'
      """;
  private static final String END =
      """
      WITH ended AS (UPDATE people.subscriber SET state = 'UNSUBSCRIBED', pending_until = NULL
        WHERE id = ANY($1) AND state IN ('PENDING', 'ACTIVE', 'PAUSED') RETURNING id)
      UPDATE people.subscription SET state = 'LEFT', since = $2
      FROM ended WHERE subscriber = ended.id AND state <> 'LEFT'
      """;
  private static final String BLOCK =
      """
      INSERT INTO engine.suppression (address_hash, reason, at)
      SELECT hash, 'BLOCKED', $2 FROM unnest($1::bytea[]) AS hash ON CONFLICT DO NOTHING
      """;

  private final PeopleVault vault;

  ImportRepository(PeopleVault vault) {
    this.vault = vault;
  }

  /** How far an import is. */
  record Standing(long id, int done, boolean finished, ImportCounts counts) {
    static Standing of(Row row) {
      return new Standing(
          row.getLong("id"),
          row.getInteger("rows_done"),
          row.getOffsetDateTime("finished_at") != null,
          ImportCounts.fromJson(row.getJsonObject("counts")));
    }
  }

  /** Somebody the file names and we know already; {@code hash} is the one it was found by. */
  record Known(
      long id,
      Buffer hash,
      SubscriberState state,
      boolean signedUp,
      Set<String> active,
      Set<String> left) {
    static Known of(Row row) {
      return new Known(
          row.getLong("id"),
          row.getBuffer("address_hash"),
          SubscriberState.valueOf(row.getString("state")),
          row.getString("source").equals("sign-up"),
          Set.of(row.getArrayOfStrings("active")),
          Set.of(row.getArrayOfStrings("gone")));
    }
  }

  Standing begin(Sql sql, byte[] digest, String options, int rows, Instant now) {
    sql.run(BEGIN, Buffer.buffer(digest), options, rows, SubscriberRepository.time(now));
    return sql.get(FIND, Standing::of, Buffer.buffer(digest), options);
  }

  Standing lock(Tx tx, long id) {
    return tx.get(LOCK, Standing::of, id);
  }

  void advance(Tx tx, long id, int done, ImportCounts counts, Instant now) {
    JsonObject json = counts.toJson();
    tx.run(ADVANCE, id, done, json, SubscriberRepository.time(now));
  }

  Set<Buffer> suppressed(Tx tx, Buffer[] hashes) {
    return tx.list(SUPPRESSED, row -> row.getBuffer("address_hash"), (Object) hashes).stream()
        .collect(Collectors.toSet());
  }

  List<Known> known(Tx tx, Buffer[] hashes) {
    tx.list(LOCK_KNOWN, row -> row.getLong("id"), (Object) hashes);
    return tx.list(KNOWN, Known::of, (Object) hashes);
  }

  /** {@code state} ACTIVE signs up for the topics; UNSUBSCRIBED keeps them as left. */
  void insert(
      Tx tx,
      List<Read> rows,
      SubscriberState state,
      String consent,
      List<String> topics,
      Instant now) {
    int size = rows.size();
    Buffer[] hashes = new Buffer[size];
    Buffer[] addresses = new Buffer[size];
    Buffer[] domains = new Buffer[size];
    @Nullable Buffer[] names = new Buffer[size];
    String[] languages = new String[size];
    @Nullable OffsetDateTime[] confirmed = new OffsetDateTime[size];
    for (int i = 0; i < size; i++) {
      Read row = rows.get(i);
      hashes[i] = Buffer.buffer(vault.hash(row.address()));
      addresses[i] = Buffer.buffer(vault.seal(row.address()));
      domains[i] = Buffer.buffer(vault.domainHash(row.address()));
      names[i] = row.name().map(name -> Buffer.buffer(vault.sealName(name))).orElse(null);
      languages[i] = row.language();
      confirmed[i] = row.confirmedAt().map(SubscriberRepository::time).orElse(null);
    }
    tx.run(
        INSERT,
        hashes,
        addresses,
        domains,
        names,
        languages,
        state.name(),
        consent,
        SubscriberRepository.time(now),
        topics.toArray(String[]::new),
        confirmed);
  }

  void addTopics(Tx tx, Collection<Long> ids, List<String> topics, Instant now) {
    tx.run(
        ADD_TOPICS,
        ids.toArray(Long[]::new),
        topics.toArray(String[]::new),
        SubscriberRepository.time(now));
  }

  void activate(Tx tx, Collection<Long> ids, String consent) {
    tx.run(ACTIVATE, ids.toArray(Long[]::new), consent);
  }

  void end(Tx tx, Collection<Long> ids, Instant now) {
    tx.run(END, ids.toArray(Long[]::new), SubscriberRepository.time(now));
  }

  void block(Tx tx, List<Read> rows, Instant now) {
    tx.run(
        BLOCK,
        rows.stream().map(row -> Buffer.buffer(vault.hash(row.address()))).toArray(Buffer[]::new),
        SubscriberRepository.time(now));
  }
}
