package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.Alerts;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.network.Endpoints;
import org.tocsin.network.EventType;
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
  private final Alerts alerts;
  private final FilingPages filings;
  private final Endpoints endpoints;
  private final OpaqueIds ids;
  private final Pages pages;

  public InboxPage(
      Newsletters newsletters,
      LeakAlarms alarms,
      Staff staff,
      Broadcasts broadcasts,
      Alerts alerts,
      FilingPages filings,
      Endpoints endpoints,
      OpaqueIds ids,
      Pages pages) {
    this.newsletters = newsletters;
    this.alarms = alarms;
    this.staff = staff;
    this.broadcasts = broadcasts;
    this.alerts = alerts;
    this.filings = filings;
    this.endpoints = endpoints;
    this.ids = ids;
    this.pages = pages;
  }

  public record Issue(String id, Newsletter newsletter) {}

  public record Send(String id, Progress progress) {
    /** Of a stop that is over: how many of those who may have read the alert were not told. */
    public int untold() {
      return progress.state().ended() && progress.kind().equals(EventType.ALERT_STOPPED.word())
          ? progress.total() - progress.sent()
          : 0;
    }
  }

  /** An alert and where its page is: for who may not read it, the one that holds and stops. */
  public record Stranded(String path, Alert alert) {}

  /** Whose texts named people of cases unusually often, and when that was noticed. */
  public record Notice(String name, Instant at) {}

  /**
   * @param notices for those who keep the house safe
   * @param stranded alerts that were let go and reached no member
   * @param due filings of the visitor's own cases with a date that is over or near
   * @param unconfirmed endpoints of the network that somebody else registered
   */
  public record Model(
      List<Notice> notices,
      List<Issue> review,
      List<Issue> approved,
      List<Send> running,
      List<Send> attention,
      List<Stranded> stranded,
      List<FilingPages.Row> due,
      List<EndpointPages.Row> unconfirmed) {}

  public void show(RoutingContext ctx) {
    List<Newsletter> recent = newsletters.list("", LOOK_BACK);
    List<Send> running = new ArrayList<>();
    List<Send> attention = new ArrayList<>();
    for (Progress progress : broadcasts.recent(Long.MAX_VALUE, LOOK_BACK)) {
      Send send = new Send(ids.encode("broadcast", progress.id().value()), progress);
      if (refused(progress)) {
        attention.add(send);
      } else if (!progress.state().ended()) {
        running.add(send);
      } else if (send.untold() > 0 || needsALook(progress)) {
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
            stranded(Visitor.staff(ctx)),
            filings.due(Visitor.staff(ctx)),
            unconfirmed(Visitor.staff(ctx))));
  }

  private List<EndpointPages.Row> unconfirmed(StaffMember visitor) {
    return visitor.may(Permission.CONFIRM_ENDPOINT)
        ? endpoints.unconfirmed(LOOK_BACK).stream()
            .filter(endpoint -> !endpoint.createdBy().equals(visitor.id()))
            .map(one -> new EndpointPages.Row(ids.encode("endpoint", one.id().value()), one))
            .toList()
        : List.of();
  }

  /** As such: a newsletter has paused itself, an alert goes on and somebody must call. */
  private static boolean refused(Progress progress) {
    return progress.refusedWith().isPresent() && !progress.state().ended();
  }

  /** Also what nobody took, and what found nobody, where letters were to go to somebody. */
  private static boolean needsALook(Progress progress) {
    return progress.inDoubt() > 0
        || progress.failed() > 0
        || (progress.state() == Progress.State.COMPLETED
            && progress.acceptedByNobody()
            && (progress.total() > 0 || progress.channel().equals("email"))
            && !progress.kind().equals(EventType.ALERT_STOPPED.word()));
  }

  private List<Stranded> stranded(StaffMember viewer) {
    AlertIds paths = new AlertIds(ids);
    String end = viewer.may(Permission.READ_ALERTS) ? "" : "/stop";
    return alerts.stranded(viewer).stream()
        .map(one -> new Stranded(paths.path(one.id()) + end, one))
        .toList();
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
