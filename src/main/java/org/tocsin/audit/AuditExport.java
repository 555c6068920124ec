package org.tocsin.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;
import org.tocsin.platform.csv.CsvTable;
import org.tocsin.platform.database.Database;

/** The audit as CSV, newest first; that somebody has it is its own first line. */
public final class AuditExport {
  private static final int PAGE = 1_000;

  private final Database hub;
  private final Audit audit;

  public AuditExport(Database hub, Audit audit) {
    this.hub = hub;
    this.audit = audit;
  }

  public void write(String actor, Audit.Filter filter, Audit.Sight sight, Writer to)
      throws IOException {
    hub.inTransaction(
        tx ->
            audit.record(
                tx,
                actor,
                "audit.exported",
                "audit",
                new JsonObject().put("action", filter.action()).put("subject", filter.subject())));
    CsvTable csv = new CsvTable(to, "no", "at", "actor", "action", "subject", "detail", "hash");
    long before = Long.MAX_VALUE;
    List<AuditEntry> page;
    do {
      page = audit.latest(filter, before, PAGE, sight);
      page.forEach(
          entry ->
              csv.row(
                  String.valueOf(entry.no()),
                  entry.at().toString(),
                  entry.actor(),
                  entry.action(),
                  entry.subject(),
                  entry.detail(),
                  HexFormat.of().formatHex(entry.hash())));
      csv.flush();
      before = page.isEmpty() ? 0 : page.getLast().no();
    } while (page.size() == PAGE);
  }
}
