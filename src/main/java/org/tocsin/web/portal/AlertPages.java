package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.alerts.ActionReport;
import org.tocsin.alerts.Addressee;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.Reading;
import org.tocsin.alerts.Reading.Standing;
import org.tocsin.alerts.Reading.Version;
import org.tocsin.alerts.Readings;
import org.tocsin.alerts.Target;
import org.tocsin.cases.Reference;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.release.ReleaseOrder.Mode;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** An alert on one page, for a member it was approved for, and what they did about it. */
public final class AlertPages {
  /** Members' own page, and what staff see of it before they approve: one template for both. */
  static final String TEMPLATE = "portal/alert";

  private final Pages pages;
  private final Readings readings;
  private final InstantSource clock;

  public AlertPages(Pages pages, Readings readings, InstantSource clock) {
    this.pages = pages;
    this.readings = readings;
    this.clock = clock;
  }

  /**
   * The page.
   *
   * @param path where it stands, and its letters below it
   * @param practice the mode, where nothing of it is real
   * @param own what this member reported, newest first
   */
  public record One(
      PortalSession session,
      String path,
      Reading reading,
      Optional<Mode> practice,
      List<ActionReport> own,
      ReportForm typed,
      FormProblems problems,
      boolean thanked) {
    /** As a reader first comes to it. */
    static One fresh(
        PortalSession session, String path, Reading reading, List<ActionReport> own, boolean done) {
      return new One(
          session,
          path,
          reading,
          Practice.of(session.member(), reading),
          own,
          ReportForm.BLANK,
          FormProblems.NONE,
          done);
    }

    public boolean silent() {
      return reading.latest().isEmpty();
    }

    /** Whom to write to, which is asked only while it is open. */
    public List<Addressee> addressees() {
      return reading.standing() == Standing.OPEN
          ? draft().map(Addressee::of).orElse(List.of())
          : List.of();
    }

    /** Whom a report may name without typing. */
    public List<String> offices() {
      return draft().stream()
          .flatMap(draft -> draft.targets().stream())
          .map(Target::name)
          .distinct()
          .toList();
    }

    public List<Version> earlier() {
      return reading.versions().stream().skip(1).toList();
    }

    private Optional<AlertDraft> draft() {
      return reading.latest().map(latest -> latest.message().draft());
    }
  }

  /** GET /portal/alerts/{reference} */
  public void show(RoutingContext ctx, PortalSession session) {
    Reading reading = reading(ctx, session, readings);
    boolean thanked = Params.query(ctx, "done", 10).isPresent();
    List<ActionReport> own = readings.own(session.member(), reading.chain());
    pages.show(ctx, TEMPLATE, One.fresh(session, path(reading), reading, own, thanked));
  }

  /** One that is not for this member is not there. */
  static Reading reading(RoutingContext ctx, PortalSession session, Readings readings) {
    Reference reference =
        Reference.parse(Params.path(ctx, "reference")).orElseThrow(() -> new NotFound("alert"));
    return readings.get(session.member(), reference);
  }

  static String path(Reading reading) {
    return "/portal/alerts/" + reading.reference().text();
  }

  /** POST /portal/alerts/{reference}/reports: also after a stop, for what was done before. */
  public void report(RoutingContext ctx, PortalSession session) {
    Reading reading = reading(ctx, session, readings);
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    ReportForm typed = ReportForm.of(form);
    List<Field> wrong = new ArrayList<>(form.problems());
    if (typed.chosen().isEmpty()) {
      wrong.add(new Field("way", words.text("alerts.portal.problem.way")));
    }
    if (typed.day().isEmpty()) {
      wrong.add(new Field("on", words.text("alerts.portal.problem.on")));
    }
    try {
      LocalDate today = UtcDay.of(clock.instant());
      var draft = readings.checked(typed.draft(today), words);
      if (wrong.isEmpty()) {
        readings.report(session.member(), reading.reference(), draft, words);
        Pages.redirect(ctx, path(reading) + "?done=report#thanks");
        return;
      }
    } catch (Invalid invalid) {
      invalid.fields().stream()
          .map(field -> field.name().equals("target") ? renamed(field, typed.whom()) : field)
          .forEach(wrong::add);
    } catch (Conflict many) {
      wrong.add(new Field("reply", words.text("alerts.portal.problem.many")));
    }
    pages.show(
        ctx,
        422,
        TEMPLATE,
        new One(
            session,
            path(reading),
            reading,
            Practice.of(session.member(), reading),
            readings.own(session.member(), reading.chain()),
            typed,
            new FormProblems(wrong),
            false));
  }

  private static Field renamed(Field field, String name) {
    return new Field(name, field.message());
  }
}
