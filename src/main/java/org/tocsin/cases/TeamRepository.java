package org.tocsin.cases;

import static org.tocsin.cases.CaseRepository.time;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code casework.team}; who left stays written down. */
final class TeamRepository {
  private static final String INCLUDES =
      """
      SELECT 1 AS one FROM casework.team WHERE case_file = $1 AND member = $2 AND left_at IS NULL
      """;
  private static final String MEMBERS =
      "SELECT member FROM casework.team WHERE case_file = $1 AND left_at IS NULL ORDER BY id";
  private static final String CASES_OF =
      "SELECT case_file FROM casework.team WHERE member = $1 AND left_at IS NULL";
  private static final String JOIN =
      "INSERT INTO casework.team (case_file, member, joined_at, added_by) VALUES ($1, $2, $3, $4)";
  private static final String LEAVE =
      """
      UPDATE casework.team SET left_at = $3, removed_by = $4 WHERE case_file = $1 AND member = $2 AND left_at IS NULL
      """;

  boolean includes(Sql sql, CaseId id, StaffId staff) {
    return sql.find(INCLUDES, row -> row.getInteger("one"), id.value(), staff.value()).isPresent();
  }

  List<StaffId> members(Sql sql, CaseId id) {
    return sql.list(MEMBERS, row -> new StaffId(row.getLong("member")), id.value());
  }

  Set<CaseId> casesOf(Sql sql, StaffId staff) {
    return sql.list(CASES_OF, row -> new CaseId(row.getLong("case_file")), staff.value()).stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  void join(Tx tx, CaseId id, StaffId member, StaffId by, Instant now) {
    tx.run(JOIN, id.value(), member.value(), time(now), by.value());
  }

  void leave(Tx tx, CaseId id, StaffId member, StaffId by, Instant now) {
    tx.run(LEAVE, id.value(), member.value(), time(now), by.value());
  }
}
