package org.tocsin.audit;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/** Records what was done, and proves that nothing recorded was changed. */
public final class Audit {
  private static final int PAGE = 5_000;

  /** How the actions of readers begin. */
  private static final String READ = "read.";

  private final Database database;
  private final InstantSource clock;
  private final AuditRepository entries = new AuditRepository();
  private final Disclosures disclosures;

  public Audit(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.disclosures = new Disclosures(database, clock, this);
  }

  /**
   * Call it last in the transaction: from here to the commit no other entry can be written.
   *
   * @param actor "staff:7", "person" or "system"
   * @param subject "newsletter:12"
   * @param detail small facts; never an address, a name or a text
   */
  public void record(Tx tx, String actor, String action, String subject, JsonObject detail) {
    record(tx, List.of(new Note(actor, action, subject, detail)));
  }

  /** What an entry says. */
  record Note(String actor, String action, String subject, JsonObject detail) {}

  /** In this order; nothing is locked for none. */
  void record(Tx tx, List<Note> notes) {
    if (notes.isEmpty()) {
      return;
    }
    AuditRepository.Head head = entries.lockHead(tx);
    for (Note note : notes) {
      AuditEntry entry =
          AuditEntry.next(
              head.no() + 1,
              clock.instant(),
              note.actor(),
              note.action(),
              note.subject(),
              note.detail().encode(),
              head.hash());
      entries.insert(tx, entry);
      head = new AuditRepository.Head(entry.no(), entry.hash());
    }
  }

  public void record(Tx tx, String actor, String action, String subject) {
    record(tx, actor, action, subject, new JsonObject());
  }

  /**
   * Somebody is about to be shown what is private: written down before they have it, in a
   * transaction of its own, and not shown where that fails, since nobody could know that it was
   * read. Not for a caller that holds a transaction.
   *
   * @param what "case" makes {@code read.case}
   * @param shown how many, of a list or a search; 0 for one thing
   */
  public void read(String actor, String what, String subject, int shown) {
    disclosures.tell(new Disclosure(actor, READ + what, subject, shown));
  }

  /**
   * A round of telling what was read again.
   *
   * @return whether there may be more
   */
  public boolean readingsRound() {
    return disclosures.round();
  }

  /**
   * Whose eyes entries are for: how a case stands, how a search over cases ended and which texts
   * name somebody of one, only those who may read cases are shown, wherever entries are.
   */
  public enum Sight {
    WITHOUT_CASES,
    WITH_CASES
  }

  /** What was done to something, newest first, without who looked at it. */
  public List<AuditEntry> history(String subject, int limit, Sight sight) {
    return shown(entries.history(database, subject, READ, limit, sight), sight);
  }

  public List<AuditEntry> history(String subject, int limit) {
    return history(subject, limit, Sight.WITH_CASES);
  }

  /**
   * What to look for; an empty word means all.
   *
   * @param action a whole action or the word before its dot
   */
  public record Filter(String actor, String action, String subject) {
    public static final Filter ALL = new Filter("", "", "");
  }

  /** Newest first; an empty subject means all. */
  public List<AuditEntry> latest(String subject, long before, int limit) {
    return latest(new Filter("", "", subject), before, limit);
  }

  /** Newest first, for the hub itself. */
  public List<AuditEntry> latest(Filter filter, long before, int limit) {
    return latest(filter, before, limit, Sight.WITH_CASES);
  }

  /** Newest first. */
  public List<AuditEntry> latest(Filter filter, long before, int limit, Sight sight) {
    return shown(entries.latest(database, filter, before, limit, sight), sight);
  }

  private static List<AuditEntry> shown(List<AuditEntry> entries, Sight sight) {
    return sight == Sight.WITH_CASES ? entries : entries.stream().map(CaseFacts::hidden).toList();
  }

  /** The last link: written down elsewhere, it shows if the whole chain was ever made anew. */
  public record End(long no, String hash) {}

  public End end() {
    AuditRepository.Head head = entries.head(database);
    return new End(head.no(), HexFormat.of().formatHex(head.hash()));
  }

  /** What {@link #verify} found: how many links hold, and the first that does not. */
  public record Verdict(long checked, Optional<String> broken) {}

  /** Walks the whole chain: every byte of every entry, the order, and the end. */
  public Verdict verify() {
    AuditRepository.Head head = entries.head(database);
    long no = 0;
    byte[] hash = new byte[32];
    while (no < head.no()) {
      List<AuditEntry> page = entries.after(database, no, PAGE);
      if (page.isEmpty()) {
        return new Verdict(
            no,
            Optional.of(
                "entries after " + no + " are missing; the chain should end at " + head.no()));
      }
      for (AuditEntry entry : page) {
        if (entry.no() != no + 1) {
          return new Verdict(no, Optional.of("entry " + (no + 1) + " is missing"));
        }
        if (!Arrays.equals(entry.previous(), hash) || !entry.intact()) {
          return new Verdict(no, Optional.of("entry " + entry.no() + " was changed"));
        }
        no = entry.no();
        hash = entry.hash();
        if (no == head.no()) {
          break;
        }
      }
    }
    return Arrays.equals(hash, head.hash())
        ? new Verdict(no, Optional.empty())
        : new Verdict(no, Optional.of("the end of the chain does not match entry " + no));
  }
}
