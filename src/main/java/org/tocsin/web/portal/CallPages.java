package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.calls.Answer;
import org.tocsin.calls.AnswerDraft;
import org.tocsin.calls.CallReading;
import org.tocsin.calls.CallReadings;
import org.tocsin.cases.Reference;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** A call on one page, for a volunteer whom it asks, and their answer. */
public final class CallPages {
  /** Volunteers' own page, and what staff see of it before they approve: one template for both. */
  static final String TEMPLATE = "portal/call";

  private static final int LONGEST_TEXT = 20_000;

  private final Pages pages;
  private final CallReadings readings;

  public CallPages(Pages pages, CallReadings readings) {
    this.pages = pages;
    this.readings = readings;
  }

  /** The answer as it was typed; what it says is {@code can}, {@code cannot} or nothing yet. */
  public record Typed(String answer, String note, String days) {
    static Typed of(Form form) {
      return new Typed(
          form.line("answer", 10),
          form.text("note", LONGEST_TEXT),
          form.text("days", LONGEST_TEXT));
    }

    static Typed of(CallReading reading) {
      return reading
          .own()
          .map(own -> new Typed(word(own), own.note(), own.days()))
          .orElse(new Typed("", "", ""));
    }

    private static String word(Answer answer) {
      return answer.can() ? "can" : "cannot";
    }

    boolean said() {
      return answer.equals("can") || answer.equals("cannot");
    }
  }

  /** The page. */
  public record One(
      PortalSession session,
      CallReading reading,
      Typed typed,
      FormProblems problems,
      boolean thanked) {
    public String path() {
      return CallPages.path(reading);
    }
  }

  static String path(CallReading reading) {
    return "/portal/calls/" + reading.reference().text();
  }

  /** GET /portal/calls/{reference} */
  public void show(RoutingContext ctx, PortalSession session) {
    CallReading reading = reading(ctx, session);
    boolean thanked = Params.query(ctx, "done", 10).isPresent() && reading.own().isPresent();
    show(ctx, 200, session, reading, Typed.of(reading), FormProblems.NONE, thanked);
  }

  /** One that does not ask this member is not there. */
  private CallReading reading(RoutingContext ctx, PortalSession session) {
    Reference reference =
        Reference.parse(Params.path(ctx, "reference")).orElseThrow(() -> new NotFound("call"));
    return readings.get(session.member(), reference);
  }

  private void show(
      RoutingContext ctx,
      int status,
      PortalSession session,
      CallReading reading,
      Typed typed,
      FormProblems problems,
      boolean thanked) {
    pages.show(ctx, status, TEMPLATE, new One(session, reading, typed, problems, thanked));
  }

  /** POST /portal/calls/{reference}/answer */
  public void answer(RoutingContext ctx, PortalSession session) {
    CallReading reading = reading(ctx, session);
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    Typed typed = Typed.of(form);
    List<Field> wrong = new ArrayList<>(form.problems());
    if (!typed.said()) {
      wrong.add(new Field("answer", words.text("calls.problem.answer")));
    }
    AnswerDraft draft = new AnswerDraft(typed.answer().equals("can"), typed.note(), typed.days());
    try {
      AnswerDraft tidy = readings.checked(draft, words);
      if (wrong.isEmpty()) {
        readings.answer(session.member(), reading.reference(), tidy, words);
        Pages.redirect(ctx, path(reading) + "?done=yes#thanks");
        return;
      }
    } catch (Invalid invalid) {
      wrong.addAll(invalid.fields());
    } catch (Conflict refused) {
      String text = words.text("calls.portal.problem." + refused.code());
      CallReading now = readings.get(session.member(), reading.reference());
      show(ctx, 409, session, now, typed, FormProblems.of("answer", text), false);
      return;
    }
    show(ctx, 422, session, reading, typed, new FormProblems(wrong), false);
  }

  /** With its zone: a time without one is wrong for somebody. */
  static String time(Instant instant, Messages words) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(words.locale())
            .format(instant.atOffset(ZoneOffset.UTC))
        + " UTC";
  }
}
