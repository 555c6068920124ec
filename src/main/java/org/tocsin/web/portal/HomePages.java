package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.correspondents.Areas;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberChoices;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.correspondents.Wishes;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** Behind the door: what there is to look at now, and the member's own choices. */
public final class HomePages {
  private final Pages pages;
  private final MemberChoices choices;
  private final Notices notices;
  private final Areas areas;
  private final Languages languages;
  private final InstantSource clock;

  public HomePages(
      Pages pages,
      MemberChoices choices,
      Notices notices,
      Areas areas,
      Languages languages,
      InstantSource clock) {
    this.pages = pages;
    this.choices = choices;
    this.notices = notices;
    this.areas = areas;
    this.languages = languages;
    this.clock = clock;
  }

  /** The front page. */
  public record Home(PortalSession session, Notices.Board board) {}

  /**
   * The choices as they are shown: as they were saved, or as they were typed.
   *
   * @param areas a volunteer's
   * @param offered of which a volunteer may choose; nobody else is offered any
   */
  public record Choices(
      PortalSession session,
      boolean daily,
      String countries,
      String travel,
      List<String> areas,
      List<String> offered,
      boolean saved,
      FormProblems problems) {}

  /** GET /portal */
  public void home(RoutingContext ctx, PortalSession session) {
    pages.show(
        ctx, "portal/home", new Home(session, notices.of(session.member(), pages.language(ctx))));
  }

  /** GET /portal/preferences */
  public void showChoices(RoutingContext ctx, PortalSession session) {
    Wishes wishes = session.member().wishes();
    pages.show(
        ctx,
        "portal/preferences",
        new Choices(
            session,
            wishes.frequency() == Wishes.Frequency.DAILY,
            String.join(", ", wishes.refused().stream().sorted().toList()),
            wishes
                .travelUntil()
                .filter(end -> end.isAfter(clock.instant()))
                .map(end -> end.minus(Duration.ofDays(1)).atZone(ZoneOffset.UTC).toLocalDate())
                .map(String::valueOf)
                .orElse(""),
            session.member().areas(),
            offered(session),
            Params.query(ctx, "done", 10).isPresent(),
            FormProblems.NONE));
  }

  private List<String> offered(PortalSession session) {
    return session.member().circle() == Circle.VOLUNTEER ? areas.ids() : List.of();
  }

  /** POST /portal/preferences */
  public void choose(RoutingContext ctx, PortalSession session) {
    Form form = Form.of(ctx);
    boolean daily = form.line("frequency", 10).equals("daily");
    String countries = form.line("countries", 1_200);
    String travel = form.line("travel", 10);
    List<String> chosen = areas.known(form.choices("areas"));
    if (chosen.isEmpty() && !offered(session).isEmpty()) {
      form.problem("areas", pages.language(ctx).text("members.choices.problem.areas"));
    }
    try {
      Wishes wishes = wishes(form, daily, countries, travel, pages.language(ctx));
      String language = session.member().language();
      choices.set(
          session.member().id(),
          wishes,
          languages.speaks(language) ? language : Languages.DEFAULT,
          chosen);
      Pages.redirect(ctx, "/portal/preferences?done=saved");
    } catch (Invalid invalid) {
      pages.show(
          ctx,
          422,
          "portal/preferences",
          new Choices(
              session,
              daily,
              countries,
              travel,
              chosen,
              offered(session),
              false,
              new FormProblems(invalid.fields())));
    }
  }

  /** All that is wrong, in the form and with what it says, is said at once. */
  private Wishes wishes(Form form, boolean daily, String countries, String travel, Messages words) {
    List<Field> problems = new ArrayList<>(form.problems());
    try {
      Wishes wishes = MemberChoices.read(daily, countries, travel, clock.instant(), words);
      form.check();
      return wishes;
    } catch (Invalid invalid) {
      invalid.fields().stream().filter(one -> !problems.contains(one)).forEach(problems::add);
      throw new Invalid(problems);
    }
  }
}
