package org.tocsin.outreach;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseRules;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Casebook;
import org.tocsin.officials.Officials;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;

/** What was said to officials about a case, and what they answered; only ever added to. */
public final class Outreach {
  private final Database database;
  private final Casebook book;
  private final CaseTeam teams;
  private final Officials officials;
  private final InstantSource clock;
  private final OutreachRepository outreach;

  public Outreach(
      Database database,
      Sealer sealer,
      Casebook book,
      CaseTeam teams,
      Officials officials,
      InstantSource clock) {
    this.database = database;
    this.book = book;
    this.teams = teams;
    this.officials = officials;
    this.clock = clock;
    this.outreach = new OutreachRepository(new OutreachVault(sealer));
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return OutreachVault.SEALED_TABLES;
  }

  /** Throws what would keep this contact from being written down, every wrong field named. */
  public void check(ContactDraft draft, Messages words) {
    checked("made_on", draft.madeOn(), draft.text(), words);
  }

  /** The same of a reply. */
  public void checkReply(LocalDate received, String text, Messages words) {
    checked("received_on", received, text, words);
  }

  private String checked(String field, LocalDate day, String given, Messages words) {
    CaseRules rules = new CaseRules(words);
    String text = rules.required("text", given, CaseRules.MAX_TEXT);
    rules.past(field, day, officials.today());
    rules.check();
    return text;
  }

  public void add(CaseId id, ContactDraft draft, StaffId staff, Messages words) {
    String text = checked("made_on", draft.madeOn(), draft.text(), words);
    ContactDraft tidy = new ContactDraft(draft.official(), draft.way(), draft.madeOn(), text);
    try {
      book.addTo(
          id,
          staff,
          "outreach_added",
          new JsonObject().put("official", draft.official().value()).put("way", draft.way().name()),
          (tx, before) -> outreach.add(tx, id, tidy, staff, clock.instant()));
    } catch (ConstraintViolated broken) {
      throw missing(broken, "known_official", "official");
    }
  }

  /** The latest first. */
  public List<Contact> contacts(CaseId id) {
    return outreach.contacts(database, id);
  }

  public void addReply(
      CaseId id,
      ContactId contact,
      LocalDate received,
      String given,
      StaffId staff,
      Messages words) {
    String text = checked("received_on", received, given, words);
    try {
      book.addTo(
          id,
          staff,
          "reply_added",
          new JsonObject().put("contact", contact.value()),
          (tx, before) ->
              outreach.addReply(tx, id, contact, received, text, staff, clock.instant()));
    } catch (ConstraintViolated broken) {
      throw missing(broken, "of_this_case", "contact");
    }
  }

  /**
   * In the order in which they came; empty for whoever is not of the team, whatever their roles.
   */
  public Optional<List<Reply>> openReplies(CaseId id, StaffId viewer) {
    return database.transaction(
        tx ->
            teams.includes(tx, id, viewer)
                ? Optional.of(outreach.replies(tx, id))
                : Optional.empty());
  }

  private static RuntimeException missing(ConstraintViolated broken, String rule, String what) {
    return broken.constraint().equals(rule) ? new NotFound(what) : broken;
  }
}
