package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.ActionReport;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertId;
import org.tocsin.alerts.AlertReach;
import org.tocsin.alerts.AlertState;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Doubt;
import org.tocsin.alerts.Frozen;
import org.tocsin.alerts.Readings;
import org.tocsin.alerts.Sending;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Pace;
import org.tocsin.broadcasts.Progress;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Obstacle;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.release.Approval;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** The desk's alerts: the list, and one message with all that hangs on it. */
public final class AlertDeskPages {
  private static final int PAGE = 50;
  private static final int REPORTS = 50;

  private final Alerts alerts;
  private final Readings readings;
  private final AlertReach reach;
  private final Cases cases;
  private final Broadcasts broadcasts;
  private final Staff staff;
  private final Audit audit;
  private final AlertIds ids;
  private final AlertEyes eyes;
  private final Pages pages;

  public AlertDeskPages(
      Alerts alerts,
      Readings readings,
      AlertReach reach,
      Cases cases,
      Broadcasts broadcasts,
      Staff staff,
      Audit audit,
      OpaqueIds ids,
      InstantSource clock,
      Pages pages) {
    this.alerts = alerts;
    this.readings = readings;
    this.reach = reach;
    this.cases = cases;
    this.broadcasts = broadcasts;
    this.staff = staff;
    this.audit = audit;
    this.ids = new AlertIds(ids);
    this.eyes = new AlertEyes(alerts, this.ids, clock, pages);
    this.pages = pages;
  }

  /** A message of the list. */
  public record Row(String path, Alert alert, String about) {}

  /** The list. */
  public record Listing(List<Row> rows, Optional<Long> next) {}

  /**
   * One way a message goes.
   *
   * @param mayHaveRead how many may have read it by that, whatever was answered
   */
  public record Send(String path, Progress progress, Optional<Pace> pace, long mayHaveRead) {}

  /**
   * One message.
   *
   * @param reach how many it will go to, while it has not gone
   * @param lastReach how many the last message to the same circles went to
   * @param problem the code of what just could not be done; empty where nothing went wrong
   */
  public record One(
      String path,
      Alert alert,
      Optional<CaseFile> about,
      String casePath,
      List<Row> chain,
      Frozen frozen,
      AlertEyes.Seen seen,
      Set<Obstacle> obstacles,
      Optional<AlertReach.Numbers> reach,
      Optional<Integer> lastReach,
      List<Send> sends,
      Map<ActionReport.Way, Long> counts,
      List<ActionReport> reports,
      List<String> editors,
      Optional<String> approver,
      boolean wroteAtIt,
      Map<StaffId, String> names,
      List<HistoryStep> history,
      String problem) {
    public String name(StaffId who) {
      return names.getOrDefault(who, who.actor());
    }

    /** Whether its letters found nobody to go to. */
    public boolean noMember() {
      return sends.stream()
          .map(Send::progress)
          .allMatch(send -> send.total() == 0 || !send.channel().equals("email"));
    }

    /** The sentence about a stop, by its key: that it was sent says nothing of who has it. */
    public String stopSays() {
      if (alert.endedUntold()) {
        return "UNTOLD";
      }
      boolean toNobody = sends.stream().allMatch(send -> send.progress().total() == 0);
      return alert.state() == AlertState.ACTIVE && toNobody ? "NOBODY" : alert.state().name();
    }

    public AlertDraft draft() {
      return alert.draft().orElse(AlertDraft.NONE);
    }

    /** What is to be mended or confirmed before a draft is submitted. */
    public List<Doubt> doubts() {
      return alert.state() == AlertState.DRAFT && alert.draft().isPresent()
          ? frozen.doubts()
          : List.of();
    }

    /** What whoever submitted it said is meant. */
    public List<Doubt> confirmed() {
      return frozen.doubts().stream()
          .filter(doubt -> frozen.confirmed().contains(doubt.code()))
          .toList();
    }
  }

  /** GET /desk/alerts */
  public void list(RoutingContext ctx) {
    long before = Params.before(ctx);
    List<Alert> found = alerts.list(Visitor.staff(ctx).id(), before, PAGE);
    pages.show(
        ctx,
        "desk/alerts",
        new Listing(
            found.stream().map(this::row).toList(),
            found.size() < PAGE ? Optional.empty() : Optional.of(found.getLast().id().value())));
  }

  private Row row(Alert alert) {
    return new Row(
        ids.path(alert.id()), alert, alert.draft().map(draft -> draft.text().ask()).orElse(""));
  }

  /** GET /desk/alerts/{id} */
  public void show(RoutingContext ctx) {
    show(ctx, 200, ids.read(ctx), "");
  }

  void show(RoutingContext ctx, int status, AlertId id, String problem) {
    pages.show(ctx, status, "desk/alert", one(ctx, id, problem));
  }

  /** GET /desk/alerts/{id}/release: to how many it will go, and when. */
  public void askRelease(RoutingContext ctx) {
    pages.show(ctx, "desk/alert_release", one(ctx, ids.read(ctx), ""));
  }

  /** GET /desk/alerts/{id}/close */
  public void askClose(RoutingContext ctx) {
    pages.show(ctx, "desk/alert_close", one(ctx, ids.read(ctx), ""));
  }

  /** GET /desk/alerts/{id}/letter: the HTML part of the thin letter, for a frame. */
  public void letter(RoutingContext ctx) {
    Alert alert = alerts.require(ids.read(ctx), Visitor.staff(ctx).id());
    eyes.frame(ctx, alert);
  }

  One one(RoutingContext ctx, AlertId id, String problem) {
    StaffId viewer = Visitor.staff(ctx).id();
    Alert alert = alerts.open(id, viewer);
    List<StaffId> editors = alerts.editors(id);
    Map<StaffId, String> names = staff.names();
    Frozen frozen = alerts.frozen(alert);
    boolean toGo = alert.letGoAt().isEmpty() || alert.state() == AlertState.APPROVED;
    return new One(
        ids.path(id),
        alert,
        alert.chain().caseId().map(cases::get),
        alert.chain().caseId().map(ids::casePath).orElse(""),
        alerts.chain(alert.chain().id()).stream().map(this::row).toList(),
        frozen,
        eyes.seen(ctx, alert, frozen),
        alert.release().isEmpty() ? alerts.obstacles(alert) : Set.of(),
        toGo ? Optional.of(reach.of(frozen)) : Optional.empty(),
        toGo ? lastReach(alert, viewer) : Optional.empty(),
        sends(alert),
        readings.counts(alert.chain().id()),
        readings.reports(alert.chain().id(), REPORTS),
        editors.stream().map(who -> names.getOrDefault(who, who.actor())).toList(),
        alert.approval().isPresent()
            ? alerts
                .latestApproval(id)
                .map(Approval::approvedBy)
                .map(who -> names.getOrDefault(who, who.actor()))
            : Optional.empty(),
        editors.contains(viewer),
        names,
        HistoryStep.of(
            audit, id.subject(), names, other -> pages.language(ctx).text("alerts.actor." + other)),
        problem);
  }

  private Optional<Integer> lastReach(Alert alert, StaffId viewer) {
    return alert
        .draft()
        .flatMap(
            draft ->
                alerts.visibleTo(viewer, alert.id().value(), PAGE).stream()
                    .filter(
                        other ->
                            other
                                .draft()
                                .map(AlertDraft::circles)
                                .equals(Optional.of(draft.circles())))
                    .filter(other -> other.letGoAt().isPresent())
                    .flatMap(other -> sendings(other).filter(Sending::email))
                    .flatMap(sending -> broadcasts.find(sending.broadcast()).stream())
                    .map(Progress::total)
                    .findFirst());
  }

  private List<Send> sends(Alert alert) {
    return sendings(alert)
        .flatMap(sending -> broadcasts.find(sending.broadcast()).stream())
        .map(
            progress ->
                new Send(
                    ids.broadcastPath(progress.id()),
                    progress,
                    broadcasts.pace(progress.id()),
                    mayHaveRead(progress)))
        .toList();
  }

  private long mayHaveRead(Progress progress) {
    return progress.taken() == progress.total()
        ? progress.taken()
        : Math.max(progress.taken(), broadcasts.reached(List.of(progress.id())));
  }

  private Stream<Sending> sendings(Alert alert) {
    return alerts.sendings(alert.chain().id()).stream()
        .filter(sending -> sending.alert().equals(alert.id()));
  }
}
