package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialId;
import org.tocsin.officials.Officials;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** One official, and the verbs that need no form: checked, retired, brought back. */
public final class OfficialPage {
  private final Officials officials;
  private final Staff staff;
  private final OfficialIds ids;
  private final Pages pages;

  public OfficialPage(Officials officials, Staff staff, OpaqueIds ids, Pages pages) {
    this.officials = officials;
    this.staff = staff;
    this.ids = new OfficialIds(ids);
    this.pages = pages;
  }

  /**
   * @param checkedBy their name
   * @param refused the code of what could not be done; empty where nothing went wrong
   */
  public record One(
      String path, Official official, String checkedBy, boolean overdue, String refused) {}

  /** GET /desk/officials/{id} */
  public void show(RoutingContext ctx) {
    show(ctx, 200, "");
  }

  /** POST /desk/officials/{id}/checked */
  public void checked(RoutingContext ctx) {
    attempt(ctx, officials::checked);
  }

  /** POST /desk/officials/{id}/retire */
  public void retire(RoutingContext ctx) {
    attempt(ctx, officials::retire);
  }

  /** POST /desk/officials/{id}/back */
  public void bringBack(RoutingContext ctx) {
    attempt(ctx, officials::bringBack);
  }

  /** What is done to an official as it was shown. */
  private interface Verb {
    Official run(OfficialId id, int version, StaffId staff);
  }

  private void attempt(RoutingContext ctx, Verb verb) {
    OfficialId id = ids.read(ctx);
    int version = new CaseAnswers(Form.of(ctx), pages.language(ctx)).version();
    try {
      verb.run(id, version, Visitor.staff(ctx).id());
      Pages.redirect(ctx, ids.path(id));
    } catch (Conflict conflict) {
      show(ctx, 409, conflict.code());
    }
  }

  private void show(RoutingContext ctx, int status, String refused) {
    Official official = officials.open(ids.read(ctx), Visitor.staff(ctx).id());
    String checkedBy =
        staff.list().stream()
            .map(Staff.Entry::member)
            .filter(one -> one.id().equals(official.checkedBy()))
            .map(StaffMember::name)
            .findFirst()
            .orElse(official.checkedBy().actor());
    pages.show(
        ctx,
        status,
        "desk/official",
        new One(
            ids.path(official.id()),
            official,
            checkedBy,
            official.overdue(officials.today()),
            refused));
  }
}
