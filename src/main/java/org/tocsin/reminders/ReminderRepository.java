package org.tocsin.reminders;

import java.time.LocalDate;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.reminder}. */
final class ReminderRepository {
  private static final String BEGIN =
      "INSERT INTO access.reminder (staff, looked) VALUES ($1, $2) ON CONFLICT (staff) DO NOTHING";
  private static final String LOOKED = "SELECT looked FROM access.reminder WHERE staff = $1";
  private static final String MOVE =
      "UPDATE access.reminder SET looked = $3 WHERE staff = $1 AND looked = $2";

  /** Until which day was looked for somebody; for somebody new, until yesterday. */
  LocalDate looked(Sql sql, StaffId staff, LocalDate today) {
    sql.run(BEGIN, staff.value(), today.minusDays(1));
    return sql.get(LOOKED, row -> row.getLocalDate("looked"), staff.value());
  }

  /** False where another node was faster. */
  boolean move(Tx tx, StaffId staff, LocalDate looked, LocalDate today) {
    return tx.run(MOVE, staff.value(), looked, today) == 1;
  }
}
