package org.tocsin.subscribers;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Database;

/**
 * Many subscribers to the newsletter at once, at reserved domains, for measuring: two in five at
 * one domain, the others at two hundred.
 */
public final class InventedSubscribers {
  private static final int BATCH = 10_000;
  private static final int DOMAINS = 200;
  private static final String CONSENT = "invented to measure the hub";

  private final Database hub;
  private final ImportRepository people;
  private final InstantSource clock;

  public InventedSubscribers(Database hub, PeopleVault vault, InstantSource clock) {
    this.hub = hub;
    this.people = new ImportRepository(vault);
    this.clock = clock;
  }

  /** Their numbers go from {@code first} on. */
  public void write(int first, int many) {
    for (int from = first; from < first + many; from += BATCH) {
      int start = from;
      int end = Math.min(first + many, from + BATCH);
      Instant now = clock.instant();
      List<ImportRow.Read> rows =
          IntStream.range(start, end).mapToObj(InventedSubscribers::row).toList();
      hub.inTransaction(
          tx ->
              people.insert(tx, rows, SubscriberState.ACTIVE, CONSENT, List.of("newsletter"), now));
    }
  }

  /** The address behind a number. */
  public static String address(int number) {
    return "reader"
        + number
        + (number % 5 < 2 ? "@freemail.example" : "@letters" + number % DOMAINS + ".example");
  }

  private static ImportRow.Read row(int number) {
    return new ImportRow.Read(
        number,
        EmailAddress.stored(address(number)),
        Optional.of("Reader " + number),
        "en",
        ImportRow.Status.ENABLED,
        Optional.empty());
  }
}
