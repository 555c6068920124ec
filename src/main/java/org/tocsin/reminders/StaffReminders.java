package org.tocsin.reminders;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.Members;
import org.tocsin.filings.Filings;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;
import org.tocsin.platform.time.UtcDay;

/**
 * Looks once a day what waits for each member of staff, and mails those for whom something does.
 */
public final class StaffReminders implements Duty.Work {
  /** UTC. */
  private static final int NOT_BEFORE_HOUR = 6;

  private static final int AHEAD_DAYS = 30;
  private static final Duration TRY_FOR = Duration.ofHours(18);

  private final Database hub;
  private final Staff staff;
  private final Filings filings;
  private final Members members;
  private final ReminderMail mail;
  private final Audit audit;
  private final InstantSource clock;
  private final ReminderRepository reminders = new ReminderRepository();

  public StaffReminders(
      Database hub,
      Staff staff,
      Filings filings,
      Members members,
      ReminderMail mail,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.staff = staff;
    this.filings = filings;
    this.members = members;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public boolean round() {
    Instant now = clock.instant();
    if (now.atOffset(ZoneOffset.UTC).getHour() >= NOT_BEFORE_HOUR) {
      staff.list().stream()
          .filter(entry -> entry.ended().isEmpty())
          .forEach(entry -> look(entry.member(), now));
    }
    return false;
  }

  private void look(StaffMember one, Instant now) {
    LocalDate today = UtcDay.of(now);
    LocalDate looked = reminders.looked(hub, one.id(), today);
    if (!looked.isBefore(today)) {
      return;
    }
    long things = things(one, looked, today);
    hub.inTransaction(
        tx -> {
          if (reminders.move(tx, one.id(), looked, today) && things > 0) {
            mail.send(tx, one, things, now.plus(TRY_FOR));
            audit.record(
                tx,
                "system",
                "staff.reminded",
                one.id().actor(),
                new JsonObject().put("things", things));
          }
        });
  }

  /** How many dates of their filings call, and the yearly looks for those who keep the members. */
  private long things(StaffMember one, LocalDate looked, LocalDate today) {
    long dates =
        one.may(Permission.READ_CASES)
            ? filings.dueFor(one.id(), today.plusDays(AHEAD_DAYS)).stream()
                .flatMap(listed -> listed.filing().nextDue().stream())
                .filter(due -> ReminderDays.callTo(due, looked, today))
                .count()
            : 0;
    boolean monday = one.may(Permission.WRITE_MEMBERS) && ReminderDays.monday(looked, today);
    return dates + (monday ? members.overview().due() : 0);
  }
}
