package org.tocsin.officials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.cases.Countries;
import org.tocsin.cases.DemoWords;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Messages;

/**
 * Twenty officials of invented countries, by office alone, one of them retired. They were checked
 * on days up to four months ago, so that some are overdue. Each address holds a word of its own.
 */
public final class DemoOfficials {
  private static final int OFFICIALS = 20;
  private static final int FIRST_WORD = 1_900;
  private static final int RETIRED = 17;

  private record Office(String office, String body, String mailbox) {}

  private record Land(String country, String domain, String language, String salutation) {}

  private static final List<Office> OFFICES =
      List.of(
          new Office("Minister of Justice", "Ministry of Justice of %s", "justice"),
          new Office("Minister of Health", "Ministry of Health of %s", "health"),
          new Office("Minister of the Interior", "Ministry of the Interior of %s", "interior"),
          new Office("Prosecutor General", "Office of the Prosecutor General of %s", "prosecutor"),
          new Office("President of the Supreme Court", "Supreme Court of %s", "court"),
          new Office("Director General of Prisons", "Prison Service of %s", "prisons"),
          new Office("Ambassador", "Embassy of %s", "embassy"));
  private static final List<Land> LANDS =
      List.of(
          new Land("XN", "norvania.example", "ru", "Ваше Превосходительство!"),
          new Land("XQ", "qasmar.example", "ar", "صاحب المعالي،"),
          new Land("XT", "terravela.example", "es", "Excelencia:"));

  private Instant now;
  private final InstantSource clock;
  private final Officials officials;

  public DemoOfficials(Database database, Sealer sealer, Audit audit, InstantSource clock) {
    this.clock = clock;
    this.now = clock.instant();
    this.officials = new Officials(database, sealer, audit, () -> now);
  }

  /** A word of each address; it may stand in a letter and nowhere else. */
  public static List<String> canaries() {
    return IntStream.range(0, OFFICIALS).mapToObj(i -> DemoWords.word(FIRST_WORD + i)).toList();
  }

  /** Does nothing where there is any official already. */
  public void write(StaffId officer, Messages words) {
    if (!officials.all(words).isEmpty()) {
      return;
    }
    for (int i = 0; i < OFFICIALS; i++) {
      now = clock.instant().minus(Duration.ofDays(i * 37 % 120));
      Official written = officials.create(details(i, words), officer, words);
      if (i == RETIRED) {
        officials.retire(written.id(), written.version(), officer);
      }
    }
  }

  private static OfficialDetails details(int i, Messages words) {
    Office office = OFFICES.get(i / LANDS.size());
    Land land = LANDS.get(i % LANDS.size());
    return new OfficialDetails(
        office.office(),
        "",
        office.body().formatted(Countries.name(land.country(), words)),
        land.country(),
        "%d %s Square\n%d Central District"
            .formatted(i + 1, DemoWords.word(FIRST_WORD + i), 10_000 + 137 * i),
        // A court and a prison service answer by post alone.
        i / LANDS.size() == 4 || i / LANDS.size() == 5
            ? ""
            : office.mailbox() + "@" + land.domain(),
        land.language(),
        land.salutation(),
        "Your Excellency,");
  }
}
