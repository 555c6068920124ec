package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertState;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Target;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Cases;
import org.tocsin.officials.Official;
import org.tocsin.officials.Officials;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ReleaseOrder.Mode;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Writing a message: the first of a chain, a further one, or one that is not released yet. */
public final class AlertEditor {
  private final Alerts alerts;
  private final Cases cases;
  private final Officials officials;
  private final AlertIds ids;
  private final Pages pages;

  public AlertEditor(Alerts alerts, Cases cases, Officials officials, OpaqueIds ids, Pages pages) {
    this.alerts = alerts;
    this.cases = cases;
    this.officials = officials;
    this.ids = new AlertIds(ids);
    this.pages = pages;
  }

  /**
   * The form.
   *
   * @param action where it goes
   * @param back where it came from
   * @param about what it is about, in a line
   * @param actBy as it was typed
   * @param willUnapprove whether saving takes an approval or a review away
   * @param directory officials of the case's country who can be taken over
   */
  public record Editor(
      String title,
      String action,
      String back,
      String about,
      Mode mode,
      int version,
      AlertDraft draft,
      String actBy,
      boolean willUnapprove,
      FormProblems problems,
      List<Pick> directory) {}

  /**
   * An official of the directory.
   *
   * @param overdue whether somebody should check the entry first
   */
  public record Pick(long number, String office, String body, boolean overdue) {}

  /** Where a form comes from and leads to. */
  private record Frame(
      String title,
      String action,
      String back,
      String about,
      Mode mode,
      int version,
      boolean willUnapprove,
      Optional<CaseId> caseId) {}

  /** GET /desk/cases/{id}/alerts/new */
  public void showNew(RoutingContext ctx) {
    show(ctx, 200, ofCase(ctx), empty(), "", FormProblems.NONE);
  }

  /** POST /desk/cases/{id}/alerts */
  public void create(RoutingContext ctx) {
    CaseId about = new CaseIds(ids.ids()).read(ctx);
    save(
        ctx,
        ofCase(ctx),
        draft ->
            alerts.create(
                Optional.of(about), Mode.ACTUAL, draft, visitor(ctx), pages.language(ctx)));
  }

  private Frame ofCase(RoutingContext ctx) {
    CaseId about = new CaseIds(ids.ids()).read(ctx);
    var file = cases.open(about, visitor(ctx));
    return new Frame(
        "alerts.edit.new",
        ids.casePath(about) + "/alerts",
        ids.casePath(about),
        file.details().name(),
        Mode.ACTUAL,
        0,
        false,
        Optional.of(about));
  }

  /** GET /desk/alerts/practice */
  public void showPractice(RoutingContext ctx) {
    show(ctx, 200, practice(), empty(), "", FormProblems.NONE);
  }

  /** POST /desk/alerts/practice */
  public void createPractice(RoutingContext ctx) {
    save(
        ctx,
        practice(),
        draft ->
            alerts.create(
                Optional.empty(), Mode.EXERCISE, draft, visitor(ctx), pages.language(ctx)));
  }

  private static Frame practice() {
    return new Frame(
        "alerts.edit.practice",
        "/desk/alerts/practice",
        "/desk/alerts",
        "",
        Mode.EXERCISE,
        0,
        false,
        Optional.empty());
  }

  /** GET /desk/alerts/{id}/edit */
  public void showEdit(RoutingContext ctx) {
    Alert alert = alerts.open(ids.read(ctx), visitor(ctx));
    if (alert.draft().isEmpty() || alert.release().isPresent()) {
      Pages.redirect(ctx, ids.path(alert.id()));
      return;
    }
    show(
        ctx, 200, ofAlert(alert), alert.draft().get(), day(alert.draft().get()), FormProblems.NONE);
  }

  /** POST /desk/alerts/{id} */
  public void save(RoutingContext ctx) {
    Alert alert = alerts.require(ids.read(ctx), visitor(ctx));
    String version = Form.of(ctx).line("version", 10);
    int based = version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
    save(
        ctx,
        ofAlert(alert),
        draft -> alerts.edit(alert.id(), based, draft, visitor(ctx), pages.language(ctx)));
  }

  private Frame ofAlert(Alert alert) {
    return new Frame(
        "alerts.edit.edit",
        ids.path(alert.id()),
        ids.path(alert.id()),
        alert.chain().reference().text(),
        alert.chain().mode(),
        alert.version(),
        alert.state() != AlertState.DRAFT,
        alert.chain().caseId());
  }

  /** GET /desk/alerts/{id}/update: the next message begins as the last one was. */
  public void showUpdate(RoutingContext ctx) {
    Alert alert = alerts.open(ids.read(ctx), visitor(ctx));
    AlertDraft last = alert.draft().orElse(AlertDraft.NONE);
    show(ctx, 200, ofUpdate(alert), last, day(last), FormProblems.NONE);
  }

  /** POST /desk/alerts/{id}/update */
  public void createUpdate(RoutingContext ctx) {
    Alert alert = alerts.require(ids.read(ctx), visitor(ctx));
    save(
        ctx,
        ofUpdate(alert),
        draft -> alerts.update(alert.id(), draft, visitor(ctx), pages.language(ctx)));
  }

  private Frame ofUpdate(Alert alert) {
    return new Frame(
        "alerts.edit.update",
        ids.path(alert.id()) + "/update",
        ids.path(alert.id()),
        alert.chain().reference().text(),
        alert.chain().mode(),
        0,
        false,
        alert.chain().caseId());
  }

  /** What is wrong, and what could not be done, is said on the form with all that was typed. */
  private void save(RoutingContext ctx, Frame frame, Function<AlertDraft, Alert> write) {
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    AlertForm typed = AlertForm.of(form, words).with(picked(frame, form));
    try {
      form.check();
      Pages.redirect(ctx, ids.path(write.apply(typed.draft()).id()));
    } catch (Invalid invalid) {
      show(ctx, 422, frame, typed.draft(), typed.actBy(), new FormProblems(invalid.fields()));
    } catch (Conflict conflict) {
      String text = words.text("alerts.refused." + conflict.code());
      show(ctx, 409, frame, typed.draft(), typed.actBy(), FormProblems.of("ask", text));
    }
  }

  private void show(
      RoutingContext ctx,
      int status,
      Frame frame,
      AlertDraft draft,
      String actBy,
      FormProblems problems) {
    pages.show(
        ctx,
        status,
        "desk/alert_edit",
        new Editor(
            pages.language(ctx).text(frame.title()),
            frame.action(),
            frame.back(),
            frame.about(),
            frame.mode(),
            frame.version(),
            draft,
            actBy,
            frame.willUnapprove(),
            problems,
            directory(frame, visitor(ctx))));
  }

  private Optional<String> country(Frame frame) {
    return frame.caseId().map(about -> cases.get(about).details().country());
  }

  private List<Pick> directory(Frame frame, StaffId viewer) {
    return country(frame).map(one -> officials.open(one, viewer)).orElse(List.of()).stream()
        .map(
            one ->
                new Pick(
                    one.id().value(),
                    one.details().office(),
                    one.details().body(),
                    one.overdue(officials.today())))
        .toList();
  }

  /** Taken over as the directory has them now: what is approved does not change with it. */
  private List<Target> picked(Frame frame, Form form) {
    List<String> ticked = form.choices("official");
    return country(frame).map(officials::list).orElse(List.of()).stream()
        .filter(one -> ticked.contains(String.valueOf(one.id().value())))
        .map(AlertEditor::target)
        .toList();
  }

  private static Target target(Official official) {
    var details = official.details();
    return new Target(
        details.office(),
        details.body(),
        details.postalAddress(),
        details.email(),
        details.salutation(),
        details.language(),
        details.englishSalutation());
  }

  private static AlertDraft empty() {
    return AlertDraft.BLANK;
  }

  private static String day(AlertDraft draft) {
    return draft.actBy().map(LocalDate::toString).orElse("");
  }

  private static StaffId visitor(RoutingContext ctx) {
    return Visitor.staff(ctx).id();
  }
}
