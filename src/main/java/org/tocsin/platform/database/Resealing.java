package org.tocsin.platform.database;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;

/**
 * Writes sealed columns and their keyed hashes anew with the newest key, in batches, beside a
 * running hub. What carries the newest key is left alone, so that a run that was killed is simply
 * started again.
 */
public final class Resealing {
  /** A row's place is its own only within one partition. */
  private static final String PARTS =
      """
      SELECT relid::regclass::text AS part FROM pg_partition_tree($1::text::regclass) WHERE isleaf
      UNION SELECT $1 WHERE NOT EXISTS (SELECT FROM pg_partition_tree($1::text::regclass) WHERE isleaf)
      """;

  private static final int BATCH = 500;

  private final Database database;
  private final Sealer sealer;
  private final LookupHash lookup;

  public Resealing(Database database, Sealer sealer, LookupHash lookup) {
    this.database = database;
    this.sealer = sealer;
    this.lookup = lookup;
  }

  /**
   * One pass over a table, in the order in which its rows lie.
   *
   * @param progress hears after each batch how many rows were written anew so far
   * @return how many in all
   */
  public long run(SealedTable table, LongConsumer progress) {
    long done = 0;
    for (String part : database.list(PARTS, row -> row.getString("part"), table.name())) {
      done = pass(new SealedTable(part, table.columns(), table.hashes()), done, progress);
    }
    return done;
  }

  private long pass(SealedTable table, long before, LongConsumer progress) {
    String place = "(0,0)";
    long done = before;
    List<String> places = batch(table, place);
    while (!places.isEmpty()) {
      done += places.size();
      progress.accept(done);
      place = places.getLast();
      places = batch(table, place);
    }
    return done;
  }

  private List<String> batch(SealedTable table, String after) {
    return database.transaction(
        tx -> {
          List<Old> rows =
              tx.list(
                  select(table),
                  row -> new Old(row.getString("place"), row),
                  after,
                  Buffer.buffer(sealer.newestPrefix()),
                  Buffer.buffer(lookup.newestPrefix()));
          rows.forEach(row -> write(tx, table, row));
          return rows.stream().map(Old::place).toList();
        });
  }

  /** A row that an older key wrote, and where it lies. */
  private record Old(String place, Row row) {}

  private static String select(SealedTable table) {
    String columns =
        table.columns().stream().map(SealedTable.Sealed::column).collect(Collectors.joining(", "));
    String older =
        Stream.concat(
                table.columns().stream()
                    .map(c -> "substring(%1$s FOR 5) <> $2".formatted(c.column())),
                table.hashes().stream()
                    .map(h -> "substring(%1$s FOR 4) <> $3".formatted(h.column())))
            .collect(Collectors.joining(" OR "));
    return """
    SELECT ctid::text AS place, %s FROM %s
    WHERE ctid > $1::text::tid AND $3::bytea IS NOT NULL AND (%s) ORDER BY ctid LIMIT %d FOR UPDATE
    """
        .formatted(columns, table.name(), older, BATCH);
  }

  private void write(Tx tx, SealedTable table, Old old) {
    List<String> sets = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>(List.of(old.place()));
    for (SealedTable.Sealed column : table.columns()) {
      Buffer present = old.row().getBuffer(column.column());
      if (present != null) {
        String text = sealer.open(column.purpose(), present.getBytes());
        values.add(Buffer.buffer(sealer.seal(column.purpose(), text)));
        sets.add(column.column() + " = $" + values.size());
        for (SealedTable.Hashed hash : table.hashes()) {
          if (hash.of().equals(column.column())) {
            values.add(Buffer.buffer(lookup.of(hash.lookupText().apply(text))));
            sets.add(hash.column() + " = $" + values.size());
          }
        }
      }
    }
    if (!sets.isEmpty()) {
      tx.run(
          "UPDATE %s SET %s WHERE ctid = $1::text::tid"
              .formatted(table.name(), String.join(", ", sets)),
          values.toArray());
    }
  }
}
