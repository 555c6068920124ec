package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.csv.CsvTable;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * What became of each delivery as CSV, as the desk shows it: by an id of its own, and never by whom
 * it was for. Transactional mail is left out, as it is there.
 */
public final class DeliveryExport {
  private static final int PAGE = 1_000;

  private final Database hub;
  private final Broadcasts broadcasts;
  private final OpaqueIds ids;
  private final Audit audit;

  public DeliveryExport(Database hub, Broadcasts broadcasts, OpaqueIds ids, Audit audit) {
    this.hub = hub;
    this.broadcasts = broadcasts;
    this.ids = ids;
    this.audit = audit;
  }

  /**
   * @param one only this broadcast's, by the id that its page has
   */
  public void write(String actor, Optional<String> one, Writer to) throws IOException {
    Optional<Progress> only = one.map(this::find);
    hub.inTransaction(
        tx ->
            audit.record(
                tx,
                actor,
                "deliveries.exported",
                only.map(found -> "broadcast:" + found.id().value()).orElse("broadcasts"),
                new JsonObject()));
    CsvTable csv =
        new CsvTable(
            to,
            "broadcast",
            "title",
            "kind",
            "channel",
            "delivery",
            "state",
            "code",
            "attempts",
            "may_have_arrived_twice",
            "may_have_been_read",
            "at",
            "next_try");
    if (only.isPresent()) {
      write(csv, only.get());
    } else {
      writeAll(csv);
    }
  }

  private Progress find(String id) {
    return ids.decode("broadcast", id)
        .map(BroadcastId::new)
        .flatMap(broadcasts::find)
        .orElseThrow(() -> new NotFound("broadcast"));
  }

  private void writeAll(CsvTable csv) throws IOException {
    long before = Long.MAX_VALUE;
    List<Progress> page;
    do {
      page = broadcasts.recent(before, PAGE);
      for (Progress progress : page) {
        write(csv, progress);
      }
      before = page.isEmpty() ? 0 : page.getLast().id().value();
    } while (page.size() == PAGE);
  }

  private void write(CsvTable csv, Progress of) throws IOException {
    int segment = 0;
    int ord = 0;
    List<Delivery> page;
    do {
      page = broadcasts.deliveries(of.id(), segment, ord, PAGE, Optional.empty());
      page.forEach(delivery -> csv.row(fields(of, delivery)));
      csv.flush();
      segment = page.isEmpty() ? 0 : page.getLast().segment();
      ord = page.isEmpty() ? 0 : page.getLast().ord();
    } while (page.size() == PAGE);
  }

  private String[] fields(Progress of, Delivery delivery) {
    return new String[] {
      ids.encode("broadcast", of.id().value()),
      of.title(),
      of.kind(),
      of.channel(),
      delivery.id(),
      delivery.state().toLowerCase(Locale.ROOT),
      delivery.code(),
      String.valueOf(delivery.attempts()),
      delivery.doubled() ? "yes" : "no",
      delivery.reached() ? "yes" : "no",
      delivery.at().map(Instant::toString).orElse(""),
      delivery.nextTry().map(Instant::toString).orElse("")
    };
  }
}
