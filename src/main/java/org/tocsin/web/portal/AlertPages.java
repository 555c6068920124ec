package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tocsin.alerts.ActionReport;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.ModelLetter;
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
   * @param practice the mode, where nothing of it is real
   * @param own what this member reported, newest first
   */
  public record One(
      PortalSession session,
      Reading reading,
      Optional<Mode> practice,
      List<ActionReport> own,
      ReportForm typed,
      FormProblems problems,
      boolean thanked) {
    public String path() {
      return "/portal/alerts/" + reading.reference().text();
    }

    public boolean silent() {
      return reading.latest().isEmpty();
    }

    /** Whom to write to, which is asked only while it is open. */
    public List<Addressee> addressees() {
      return reading.standing() == Standing.OPEN
          ? draft().map(One::addressees).orElse(List.of())
          : List.of();
    }

    /** Whom a report may name without typing. */
    public List<String> offices() {
      return draft().stream()
          .flatMap(draft -> draft.targets().stream())
          .map(target -> target.office().isEmpty() ? target.body() : target.office())
          .distinct()
          .toList();
    }

    public List<Version> earlier() {
      return reading.versions().stream().skip(1).toList();
    }

    private Optional<AlertDraft> draft() {
      return reading.latest().map(latest -> latest.message().draft());
    }

    private static List<Addressee> addressees(AlertDraft draft) {
      return IntStream.range(0, draft.targets().size())
          .mapToObj(
              i -> {
                Target target = draft.targets().get(i);
                return new Addressee(i + 1, target, MemberLetter.choose(draft.letters(), target));
              })
          .toList();
    }
  }

  /**
   * An official and the letter for them.
   *
   * @param no from 1; the letter's address ends with it
   */
  public record Addressee(int no, Target target, Optional<ModelLetter> letter) {}

  /** GET /portal/alerts/{reference} */
  public void show(RoutingContext ctx, PortalSession session) {
    Reading reading = reading(ctx, session, readings);
    boolean thanked = Params.query(ctx, "done", 10).isPresent();
    show(ctx, 200, session, reading, ReportForm.BLANK, FormProblems.NONE, thanked);
  }

  /** One that is not for this member is not there. */
  static Reading reading(RoutingContext ctx, PortalSession session, Readings readings) {
    Reference reference =
        Reference.parse(Params.path(ctx, "reference")).orElseThrow(() -> new NotFound("alert"));
    return readings.get(session.member(), reference);
  }

  private void show(
      RoutingContext ctx,
      int status,
      PortalSession session,
      Reading reading,
      ReportForm typed,
      FormProblems problems,
      boolean thanked) {
    pages.show(
        ctx,
        status,
        "portal/alert",
        new One(
            session,
            reading,
            Practice.of(session.member(), reading),
            readings.own(session.member(), reading.chain()),
            typed,
            problems,
            thanked));
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
        Pages.redirect(ctx, "/portal/alerts/" + reading.reference().text() + "?done=report#thanks");
        return;
      }
    } catch (Invalid invalid) {
      invalid.fields().stream()
          .map(field -> field.name().equals("target") ? renamed(field, typed.whom()) : field)
          .forEach(wrong::add);
    } catch (Conflict many) {
      wrong.add(new Field("reply", words.text("alerts.portal.problem.many")));
    }
    show(ctx, 422, session, reading, typed, new FormProblems(wrong), false);
  }

  private static Field renamed(Field field, String name) {
    return new Field(name, field.message());
  }
}
