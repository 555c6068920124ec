package org.tocsin.subscribers;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import org.tocsin.audit.Audit;
import org.tocsin.platform.csv.SpreadsheetText;
import org.tocsin.platform.database.Database;
import org.tocsin.subscribers.Subscription.State;

/** All subscribers as CSV, for membership officers; every export is written down first. */
public final class SubscriberExport {
  private static final int PAGE = 1_000;

  private final Database hub;
  private final Audit audit;
  private final SubscriberRepository people;

  public SubscriberExport(Database hub, PeopleVault vault, Audit audit) {
    this.hub = hub;
    this.audit = audit;
    this.people = new SubscriberRepository(vault);
  }

  /**
   * Writes page by page, newest first, and leaves the writer open. An empty state or topic means
   * any.
   */
  public long write(String actor, String state, String topic, Writer to) throws IOException {
    hub.inTransaction(
        tx ->
            audit.record(
                tx,
                actor,
                "subscribers.exported",
                "subscribers",
                new JsonObject().put("state", state).put("topic", topic)));
    // Closing the CSV writer would close what is not ours.
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to);
    csv.writeRecord(
        "email",
        "name",
        "language",
        "state",
        "topics",
        "source",
        "consent",
        "created_at",
        "confirmed_at");
    long written = 0;
    long before = Long.MAX_VALUE;
    List<Person> page;
    do {
      page = people.page(hub, before, state, topic, PAGE);
      page.forEach(person -> csv.writeRecord(fields(person)));
      csv.flush();
      written += page.size();
      before = page.isEmpty() ? 0 : page.getLast().id().value();
    } while (page.size() == PAGE);
    return written;
  }

  private static List<String> fields(Person person) {
    return List.of(
        SpreadsheetText.of(person.address().address()),
        SpreadsheetText.of(person.name().orElse("")),
        person.language(),
        person.state().word(),
        String.join(" ", person.topics(State.ACTIVE)),
        person.source(),
        SpreadsheetText.of(person.consentSource()),
        person.createdAt().toString(),
        person.confirmedAt().map(Instant::toString).orElse(""));
  }
}
