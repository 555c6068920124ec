package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Obstacle;
import org.tocsin.filings.Deadline;
import org.tocsin.filings.Filing;
import org.tocsin.filings.FilingDraft;
import org.tocsin.filings.FilingId;
import org.tocsin.filings.FilingRecords;
import org.tocsin.filings.FilingState;
import org.tocsin.filings.FilingSteps;
import org.tocsin.filings.FilingText;
import org.tocsin.filings.Filings;
import org.tocsin.filings.Mechanism;
import org.tocsin.filings.StepDraft;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Forms about a complaint: shown to the team of its case, done, or shown again as it was typed. */
public final class FilingForms {
  private static final String STEP = "desk/filing_step";
  private static final String DEADLINE = "desk/filing_deadline";
  private static final String NOTE = "desk/filing_note";

  private final Filings filings;
  private final FilingSteps steps;
  private final FilingRecords records;
  private final Cases cases;
  private final CaseTeam teams;
  private final CaseForms caseForms;
  private final FilingPages one;
  private final FilingIds ids;
  private final InstantSource clock;
  private final Pages pages;

  public FilingForms(
      Filings filings,
      FilingSteps steps,
      FilingRecords records,
      Cases cases,
      CaseTeam teams,
      CaseForms caseForms,
      FilingPages one,
      OpaqueIds ids,
      InstantSource clock,
      Pages pages) {
    this.filings = filings;
    this.steps = steps;
    this.records = records;
    this.cases = cases;
    this.teams = teams;
    this.caseForms = caseForms;
    this.one = one;
    this.ids = new FilingIds(ids);
    this.clock = clock;
    this.pages = pages;
  }

  /** A form about one filing. */
  public record Sheet(
      String path,
      Filing filing,
      CaseFile file,
      Map<String, String> typed,
      FormProblems problems,
      String refused) {
    public String value(String field) {
      return typed.getOrDefault(field, "");
    }
  }

  /** A body that may be chosen, and whether a consent to it holds. */
  public record Choice(Mechanism mechanism, boolean consent) {}

  /** Every body. */
  public record Choices(List<Choice> all) {}

  /** What a form does, once its answers are read. */
  private interface Work {
    void run(FilingId id, CaseAnswers answers, StaffId staff, Messages words);
  }

  /** GET /desk/cases/{id}/filing */
  public void askNew(RoutingContext ctx) {
    caseForms.show(ctx, "desk/filing_new", Map.of(), choices(ctx));
  }

  /** POST /desk/cases/{id}/filing */
  public void begin(RoutingContext ctx) {
    caseForms.attempt(
        ctx,
        "desk/filing_new",
        choices(ctx),
        (id, answers, staff, words) -> {
          FilingDraft draft =
              new FilingDraft(
                  answers.needed("mechanism", Mechanism.class),
                  answers.ticked("confidential"),
                  answers.maybeDay("remedies_ended"),
                  answers.maybeDay("other_ended"));
          answers.check();
          filings.begin(id, draft, staff, words);
        });
  }

  private Choices choices(RoutingContext ctx) {
    var id = cases.require(caseForms.id(ctx), Visitor.staff(ctx).id()).id();
    return new Choices(
        Arrays.stream(Mechanism.values())
            .map(
                mechanism ->
                    new Choice(
                        mechanism,
                        cases.obstacles(id, mechanism.consent()).stream()
                            .noneMatch(FilingForms::aboutConsent)))
            .toList());
  }

  private static boolean aboutConsent(Obstacle obstacle) {
    return switch (obstacle) {
      case CONSENT_MISSING, CONSENT_EXPIRED, CONSENT_REVOKED -> true;
      case NOT_ACTIVE, CHECKS_MISSING, SOURCES_MISSING, RISK_NOTE_MISSING -> false;
    };
  }

  /** GET /desk/filings/{id}/step */
  public void askStep(RoutingContext ctx) {
    String today = UtcDay.of(clock.instant()).toString();
    String to = Params.query(ctx, "to", 20).orElse("");
    sheet(ctx, 200, STEP, Map.of("day", today, "to", to), FormProblems.NONE, "");
  }

  /** POST /desk/filings/{id}/step */
  public void step(RoutingContext ctx) {
    attempt(
        ctx,
        STEP,
        (id, answers, staff, words) -> {
          StepDraft draft =
              new StepDraft(
                  answers.needed("to", FilingState.class),
                  answers.day("day", LocalDate.EPOCH),
                  answers.text("text"),
                  answers.maybeDay("comments_due"));
          answers.check();
          steps.move(id, draft, staff, words);
        });
  }

  /** GET /desk/filings/{id}/deadline */
  public void askDeadline(RoutingContext ctx) {
    sheet(ctx, 200, DEADLINE, Map.of(), FormProblems.NONE, "");
  }

  /** POST /desk/filings/{id}/deadline */
  public void setDeadline(RoutingContext ctx) {
    attempt(
        ctx,
        DEADLINE,
        (id, answers, staff, words) -> {
          LocalDate due = answers.day("due", LocalDate.EPOCH);
          String note = answers.line("note");
          answers.check();
          records.setDeadline(id, due, note, staff, words);
        });
  }

  /** GET /desk/filings/{id}/note */
  public void askNote(RoutingContext ctx) {
    Map<String, String> kind = Map.of("kind", FilingText.Kind.NOTE.name());
    sheet(ctx, 200, NOTE, kind, FormProblems.NONE, "");
  }

  /** POST /desk/filings/{id}/note */
  public void addNote(RoutingContext ctx) {
    attempt(
        ctx,
        NOTE,
        (id, answers, staff, words) -> {
          FilingText.Kind kind = answers.needed("kind", FilingText.Kind.class);
          String text = answers.text("text");
          answers.check();
          records.addText(id, kind, text, staff, words);
        });
  }

  /** POST /desk/filings/{id}/deadline/end */
  public void endDeadline(RoutingContext ctx) {
    onPage(
        ctx,
        (id, answers, staff, words) ->
            records.endDeadline(
                id,
                answers.number("deadline").orElse(0),
                answers.one("how", Deadline.How.class).orElse(Deadline.How.MET),
                staff));
  }

  /** POST /desk/filings/{id}/confidential */
  public void setConfidential(RoutingContext ctx) {
    onPage(
        ctx,
        (id, answers, staff, words) ->
            records.setConfidential(id, answers.ticked("confidential"), staff));
  }

  /** Back to the filing; what could not be done is said on the form. */
  private void attempt(RoutingContext ctx, String template, Work work) {
    Filing filing = ofTeam(ctx);
    Messages words = pages.language(ctx);
    CaseAnswers answers = new CaseAnswers(Form.of(ctx), words);
    try {
      work.run(filing.id(), answers, Visitor.staff(ctx).id(), words);
      Pages.redirect(ctx, ids.path(filing.id()));
    } catch (Invalid invalid) {
      FormProblems problems = new FormProblems(invalid.fields());
      sheet(ctx, 422, template, answers.typed(), problems, "");
    } catch (Conflict conflict) {
      sheet(ctx, 409, template, answers.typed(), FormProblems.NONE, conflict.code());
    }
  }

  /** For a single button: what could not be done is said on the filing's page. */
  private void onPage(RoutingContext ctx, Work work) {
    Filing filing = ofTeam(ctx);
    Messages words = pages.language(ctx);
    try {
      CaseAnswers answers = new CaseAnswers(Form.of(ctx), words);
      work.run(filing.id(), answers, Visitor.staff(ctx).id(), words);
      Pages.redirect(ctx, ids.path(filing.id()));
    } catch (Conflict conflict) {
      one.show(ctx, 409, conflict.code());
    }
  }

  private Filing ofTeam(RoutingContext ctx) {
    StaffId viewer = Visitor.staff(ctx).id();
    Filing filing = filings.require(ids.read(ctx), viewer);
    teams.require(filing.caseId(), viewer);
    return filing;
  }

  private void sheet(
      RoutingContext ctx,
      int status,
      String template,
      Map<String, String> typed,
      FormProblems problems,
      String refused) {
    Filing filing = ofTeam(ctx);
    CaseFile file = cases.open(filing.caseId(), Visitor.staff(ctx).id());
    pages.show(
        ctx,
        status,
        template,
        new Sheet(ids.path(filing.id()), filing, file, typed, problems, refused));
  }
}
