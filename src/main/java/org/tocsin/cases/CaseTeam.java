package org.tocsin.cases;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** Who works on a case, and so may open what nobody else may. */
public final class CaseTeam {
  private final Casebook book;

  public CaseTeam(Casebook book) {
    this.book = book;
  }

  public boolean includes(CaseId id, StaffId staff) {
    return book.teams.includes(book.database, id, staff);
  }

  /** Forbidden {@code not_on_team}. */
  public void require(CaseId id, StaffId staff) {
    if (!includes(id, staff)) {
      throw Casebook.notOnTeam();
    }
  }

  /** Inside the caller's transaction, so that what is read next is read for the team of now. */
  public boolean includes(Tx tx, CaseId id, StaffId staff) {
    return book.teams.includes(tx, id, staff);
  }

  /** Of whose teams somebody is. */
  public Set<CaseId> casesOf(StaffId staff) {
    return book.teams.casesOf(book.database, staff);
  }

  /** In the order in which they joined. */
  public List<StaffId> members(CaseId id) {
    return book.teams.members(book.database, id);
  }

  /** Only whoever may read cases at all, and only by one who is of the team. */
  public void add(CaseId id, StaffMember member, StaffId staff, Messages words) {
    if (!member.may(Permission.READ_CASES)) {
      throw new Invalid("member", words.text("cases.problem.member"));
    }
    book.addTo(
        id,
        staff,
        "team_joined",
        new JsonObject().put("member", member.id().value()),
        (tx, before) -> {
          if (!book.teams.includes(tx, id, member.id())) {
            book.teams.join(tx, id, member.id(), staff, book.now());
          }
        });
  }

  /** Conflict {@code last_of_team}: a case that nobody can open helps nobody. */
  public void remove(CaseId id, StaffId member, StaffId staff) {
    book.addTo(
        id,
        staff,
        "team_left",
        new JsonObject().put("member", member.value()),
        (tx, before) -> {
          if (book.teams.members(tx, id).equals(List.of(member))) {
            throw new Conflict("last_of_team", "Somebody must stay with this case");
          }
          book.teams.leave(tx, id, member, staff, book.now());
        });
  }
}
