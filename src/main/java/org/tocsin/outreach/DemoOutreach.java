package org.tocsin.outreach;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.Cases;
import org.tocsin.cases.DemoWords;
import org.tocsin.cases.WorkState;
import org.tocsin.officials.Official;
import org.tocsin.officials.Officials;
import org.tocsin.platform.language.Messages;

/** A demonstration's outreach: eight contacts and four replies, each with a word of its own. */
public final class DemoOutreach {
  private static final int FIRST_WORD = 1_940;
  private static final int CONTACTS = 8;

  private final Outreach outreach;
  private final Officials officials;
  private final Cases cases;

  public DemoOutreach(Outreach outreach, Officials officials, Cases cases) {
    this.outreach = outreach;
    this.officials = officials;
    this.cases = cases;
  }

  /** Every word that must never leave the desk; those of replies are the team's alone. */
  public static List<String> canaries() {
    return IntStream.range(0, CONTACTS + CONTACTS / 2)
        .mapToObj(i -> DemoWords.word(FIRST_WORD + i))
        .toList();
  }

  /** Does nothing where there is any contact already. */
  public void write(StaffId officer, Messages words) {
    List<CaseFile> active =
        cases.visibleTo(officer, Optional.of(WorkState.ACTIVE), Long.MAX_VALUE, CONTACTS);
    if (active.stream().anyMatch(file -> !outreach.contacts(file.id()).isEmpty())) {
      return;
    }
    int reply = FIRST_WORD + CONTACTS;
    for (int i = 0; i < active.size(); i++) {
      CaseFile file = active.get(i);
      List<Official> known = officials.list(file.details().country());
      if (known.isEmpty()) {
        continue;
      }
      Official official = known.get(i % known.size());
      LocalDate day = officials.today().minusDays(30 - i);
      outreach.add(
          file.id(),
          new ContactDraft(
              official.id(),
              Way.values()[i % Way.values().length],
              day,
              "Asked for a visit by a physician in " + DemoWords.word(FIRST_WORD + i) + "."),
          officer,
          words);
      if (i % 2 == 0) {
        outreach.addReply(
            file.id(),
            outreach.contacts(file.id()).getFirst().id(),
            day.plusDays(9),
            "The office in " + DemoWords.word(reply++) + " will look into the matter.",
            officer,
            words);
      }
    }
  }
}
