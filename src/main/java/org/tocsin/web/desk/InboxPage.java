package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.publications.LeakAlarms;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.Newsletters;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** The desk's first page: what waits for somebody, and what is under way. */
public final class InboxPage {
  private static final int LOOK_BACK = 50;

  private final Newsletters newsletters;
  private final LeakAlarms alarms;
  private final Staff staff;
  private final Broadcasts broadcasts;
  private final FilingPages filings;
  private final OpaqueIds ids;
  private final Pages pages;

  public InboxPage(
      Newsletters newsletters,
      LeakAlarms alarms,
      Staff staff,
      Broadcasts broadcasts,
      FilingPages filings,
      OpaqueIds ids,
      Pages pages) {
    this.newsletters = newsletters;
    this.alarms = alarms;
    this.staff = staff;
    this.broadcasts = broadcasts;
    this.filings = filings;
    this.ids = ids;
    this.pages = pages;
  }

  public record Issue(String id, Newsletter newsletter) {}

  public record Send(String id, Progress progress) {}

  /** Whose texts named people of cases unusually often, and when that was noticed. */
  public record Notice(String name, Instant at) {}

  /**
   * @param notices for those who keep the house safe
   * @param due filings of the visitor's own cases with a date that is over or near
   */
  public record Model(
      List<Notice> notices,
      List<Issue> review,
      List<Issue> approved,
      List<Send> running,
      List<Send> attention,
      List<FilingPages.Row> due) {}

  public void show(RoutingContext ctx) {
    List<Newsletter> recent = newsletters.list("", LOOK_BACK);
    List<Send> running = new ArrayList<>();
    List<Send> attention = new ArrayList<>();
    for (Progress progress : broadcasts.recent(Long.MAX_VALUE, LOOK_BACK)) {
      Send send = new Send(ids.encode("broadcast", progress.id().value()), progress);
      if (!progress.state().ended()) {
        running.add(send);
      } else if (progress.inDoubt() > 0 || progress.failed() > 0) {
        attention.add(send);
      }
    }
    pages.show(
        ctx,
        "desk/inbox",
        new Model(
            notices(Visitor.staff(ctx)),
            in(recent, Newsletter.State.IN_REVIEW),
            in(recent, Newsletter.State.APPROVED),
            running,
            attention,
            filings.due(Visitor.staff(ctx))));
  }

  private List<Notice> notices(StaffMember reader) {
    Map<StaffId, String> names = staff.names();
    return alarms.recent(reader).stream()
        .map(
            alarm ->
                new Notice(names.getOrDefault(alarm.staff(), alarm.staff().actor()), alarm.at()))
        .toList();
  }

  private List<Issue> in(List<Newsletter> recent, Newsletter.State state) {
    return recent.stream()
        .filter(newsletter -> newsletter.state() == state)
        .map(newsletter -> new Issue(ids.encode("newsletter", newsletter.id().value()), newsletter))
        .toList();
  }
}
