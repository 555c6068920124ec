package org.tocsin.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tocsin.subscribers.SubscriberImport;

/**
 * 400 invented subscribers at reserved domains, the same in every demonstration; imported as any
 * file is.
 */
final class DemoPeople {
  private static final int PEOPLE = 400;
  private static final int KEEN = 150;
  private static final String CONSENT = "invented for the demonstration";
  private static final List<String> FIRST =
      List.of(
          "Amina",
          "Bashir",
          "Çağla",
          "Dalia",
          "Emeka",
          "Farida",
          "Goran",
          "Hanna",
          "Ines",
          "Jamal",
          "Katarzyna",
          "Leyla");
  private static final List<String> LAST =
      List.of(
          "Abara",
          "Bianchi",
          "Castellanos",
          "Dogan",
          "Eriksson",
          "Fofana",
          "Haddad",
          "Kowalski",
          "Lindqvist",
          "Mwangi",
          "Nakamura");
  private static final List<String> DOMAINS =
      List.of(
          "letters.example",
          "hospital.example",
          "uni-north.example",
          "freemail.example",
          "bücher.example");

  private final Features hub;
  private final Path folder;

  DemoPeople(Features hub, Path folder) {
    this.hub = hub;
    this.folder = folder;
  }

  void write() {
    if (hub.subscribers.overview().all() > 0) {
      return;
    }
    run("everybody", PEOPLE, List.of("newsletter"));
    run("keen", KEEN, List.of("events", "torture", "attacks-on-health-care"));
  }

  private void run(String name, int many, List<String> topics) {
    try {
      Path file = Files.createTempFile(folder, "demo-" + name, ".csv");
      Files.writeString(file, rows(many));
      SubscriberImport importer = hub.subscriberImport(folder);
      importer.run(file, topics, CONSENT, (done, rows) -> {});
      Files.delete(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the demonstration's people", failure);
    }
  }

  private static String rows(int many) {
    StringBuilder rows = new StringBuilder("email,name,language\n");
    for (int i = 0; i < many; i++) {
      String first = FIRST.get(i % FIRST.size());
      String last = LAST.get(i % LAST.size());
      rows.append("reader.").append(i + 1).append('@').append(DOMAINS.get(i % DOMAINS.size()));
      rows.append(',').append(first).append(' ').append(last).append(",en\n");
    }
    return rows.toString();
  }
}
