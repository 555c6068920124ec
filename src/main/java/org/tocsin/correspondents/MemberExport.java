package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.tocsin.audit.Audit;
import org.tocsin.platform.csv.CsvTable;
import org.tocsin.platform.database.Database;

/**
 * All members as CSV, for membership officers; every export is written down first. The countries
 * that somebody hears nothing about are left out, as they are at the desk.
 */
public final class MemberExport {
  private static final int PAGE = 1_000;

  private final Database hub;
  private final Audit audit;
  private final MemberRepository members;

  public MemberExport(Database hub, MemberVault vault, Audit audit) {
    this.hub = hub;
    this.members = new MemberRepository(vault);
    this.audit = audit;
  }

  /** Newest first. */
  public void write(String actor, Members.Filter filter, Writer to) throws IOException {
    hub.inTransaction(
        tx ->
            audit.record(
                tx,
                actor,
                "members.exported",
                "members",
                new JsonObject().put("circle", filter.circle()).put("state", filter.state())));
    CsvTable csv =
        new CsvTable(
            to,
            "number",
            "email",
            "name",
            "language",
            "circle",
            "areas",
            "state",
            "since",
            "checked_at",
            "ended_at",
            "on_roster",
            "mail",
            "travelling_until");
    long before = Long.MAX_VALUE;
    List<Member> page;
    do {
      page = members.page(hub, before, filter.circle(), filter.state(), false, Instant.EPOCH, PAGE);
      page.forEach(member -> csv.row(fields(member)));
      csv.flush();
      before = page.isEmpty() ? 0 : page.getLast().id().value();
    } while (page.size() == PAGE);
  }

  private static String[] fields(Member member) {
    return new String[] {
      String.valueOf(member.id().value()),
      member.address().address(),
      member.name(),
      member.language(),
      member.circle().word(),
      String.join(" ", member.areas()),
      member.state().word(),
      member.since().toString(),
      member.checkedAt().toString(),
      member.endedAt().map(Instant::toString).orElse(""),
      member.roster().isPresent() ? "yes" : "no",
      member.wishes().frequency().name().toLowerCase(Locale.ROOT),
      member.wishes().travelUntil().map(Instant::toString).orElse("")
    };
  }
}
