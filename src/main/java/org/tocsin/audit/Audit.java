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

  private final Database database;
  private final InstantSource clock;
  private final AuditRepository entries = new AuditRepository();

  public Audit(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Call it last in the transaction: from here to the commit no other entry can be written.
   *
   * @param actor "staff:7", "person" or "system"
   * @param subject "newsletter:12"
   * @param detail small facts; never an address, a name or a text
   */
  public void record(Tx tx, String actor, String action, String subject, JsonObject detail) {
    AuditRepository.Head head = entries.lockHead(tx);
    entries.insert(
        tx,
        AuditEntry.next(
            head.no() + 1, clock.instant(), actor, action, subject, detail.encode(), head.hash()));
  }

  public void record(Tx tx, String actor, String action, String subject) {
    record(tx, actor, action, subject, new JsonObject());
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

  /** Newest first. */
  public List<AuditEntry> latest(Filter filter, long before, int limit) {
    return entries.latest(database, filter, before, limit);
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
