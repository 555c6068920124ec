package org.tocsin.testing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;

/** What somebody finds in sealed columns who has the keys too. */
public final class OpenedCopy {
  private final String opened;

  private OpenedCopy(String opened) {
    this.opened = opened.toLowerCase(Locale.ROOT);
  }

  public static OpenedCopy of(Database hub, Sealer sealer, List<SealedTable> tables) {
    return new OpenedCopy(
        tables.stream()
            .flatMap(
                table ->
                    table.columns().stream()
                        .flatMap(one -> column(hub, sealer, table.name(), one).stream()))
            .collect(Collectors.joining("\n")));
  }

  private static List<String> column(
      Database hub, Sealer sealer, String table, SealedTable.Sealed one) {
    return hub.list(
        "SELECT %1$s AS it FROM %2$s WHERE %1$s IS NOT NULL".formatted(one.column(), table),
        row -> sealer.open(one.purpose(), row.getBuffer("it").getBytes()));
  }

  public boolean shows(String words) {
    return opened.contains(words.toLowerCase(Locale.ROOT));
  }
}
