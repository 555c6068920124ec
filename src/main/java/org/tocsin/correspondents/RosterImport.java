package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.RosterRepository.Listed;
import org.tocsin.platform.csv.CsvFile;
import org.tocsin.platform.csv.RefusedRow;
import org.tocsin.platform.csv.RefusedRows;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * Brings in a roster, all of it or none. A row is known again by academy and address, so a file
 * that is imported twice changes nothing the second time. Nobody is taken off: whoever is missing
 * from a file keeps their entry, for the yearly look to find.
 */
public final class RosterImport {
  private final Database hub;
  private final Audit audit;
  private final InstantSource clock;
  private final RosterRepository roster;

  public RosterImport(Database hub, MemberVault vault, Audit audit, InstantSource clock) {
    this.hub = hub;
    this.audit = audit;
    this.clock = clock;
    this.roster = new RosterRepository(vault);
  }

  /**
   * What became of the rows: each counts once.
   *
   * @param duplicates rows whose academy and address stood higher up in the file
   */
  public record Summary(
      int rows,
      int imported,
      int updated,
      int unchanged,
      int duplicates,
      List<RefusedRow> refused) {}

  /** How many the roster has, by academy. */
  public List<Listing> listings() {
    return roster.count(hub);
  }

  public Summary run(String actor, Path file) {
    return run(actor, CsvFile.open(file));
  }

  /** As pasted into a form. */
  public Summary run(String actor, String csv) {
    return run(actor, CsvFile.of("roster", csv.getBytes(StandardCharsets.UTF_8)));
  }

  /** The refused rows in a file that only its owner may read; empty where there are none. */
  public static Optional<Path> errors(Path folder, String name, Summary summary) {
    return RefusedRows.write(folder, name, summary.refused());
  }

  private Summary run(String actor, CsvFile file) {
    Instant now = clock.instant();
    RosterFile read = RosterFile.read(file, Year.from(now.atZone(ZoneOffset.UTC)));
    return hub.transaction(tx -> write(tx, actor, read, now));
  }

  private Summary write(Tx tx, String actor, RosterFile read, Instant now) {
    roster.lock(tx);
    Set<String> seen = new HashSet<>();
    int imported = 0;
    int updated = 0;
    int unchanged = 0;
    int duplicates = 0;
    for (RosterEntry entry : read.entries()) {
      if (!seen.add(entry.entryKey())) {
        duplicates++;
        continue;
      }
      Optional<Listed> known = roster.known(tx, entry);
      if (known.isEmpty()) {
        roster.insert(tx, entry, now);
        imported++;
      } else if (known.get().entry().equals(entry)) {
        unchanged++;
      } else {
        roster.update(tx, known.get().id(), entry, now);
        updated++;
      }
    }
    audit.record(
        tx,
        actor,
        "roster.imported",
        "roster",
        new JsonObject()
            .put("rows", read.rows())
            .put("imported", imported)
            .put("updated", updated)
            .put("refused", read.refused().size()));
    return new Summary(
        read.rows(), imported, updated, unchanged, duplicates, List.copyOf(read.refused()));
  }
}
