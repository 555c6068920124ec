package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.EligibilityCheck;
import org.tocsin.cases.Note;
import org.tocsin.cases.SituationDraft;
import org.tocsin.cases.SituationWord;
import org.tocsin.cases.Source;
import org.tocsin.cases.SourceDraft;
import org.tocsin.web.Params;

/** Forms that add to a case: a situation, a check, a source, a risk note, a note. */
public final class CaseRecordForms {
  private static final List<String> NOTHING = List.of();
  private static final String SITUATION = "desk/case_situation";
  private static final String CHECK = "desk/case_check";
  private static final String SOURCE = "desk/case_source";
  private static final String RISK = "desk/case_risk";
  private static final String NOTE = "desk/case_note";

  private final CaseRecords records;
  private final CaseForms forms;

  public CaseRecordForms(CaseRecords records, CaseForms forms) {
    this.records = records;
    this.forms = forms;
  }

  /** GET /desk/cases/{id}/situation */
  public void askSituation(RoutingContext ctx) {
    String replaces = Params.query(ctx, "replaces", 20).orElse("");
    forms.show(ctx, SITUATION, Map.of("replaces", replaces), NOTHING);
  }

  /** POST /desk/cases/{id}/situation */
  public void addSituation(RoutingContext ctx) {
    forms.attempt(
        ctx,
        SITUATION,
        NOTHING,
        (id, answers, staff, words) -> {
          SituationDraft draft =
              new SituationDraft(
                  answers.needed("word", SituationWord.class),
                  answers.day("since", LocalDate.EPOCH),
                  answers.text("note"),
                  answers.number("replaces"));
          answers.check();
          records.addSituation(id, draft, staff, words);
        });
  }

  /** GET /desk/cases/{id}/check */
  public void askCheck(RoutingContext ctx) {
    String word = Params.query(ctx, "check", 20).orElse("");
    forms.show(ctx, CHECK, Map.of("word", word), NOTHING);
  }

  /** POST /desk/cases/{id}/check */
  public void check(RoutingContext ctx) {
    forms.attempt(
        ctx,
        CHECK,
        NOTHING,
        (id, answers, staff, words) -> {
          EligibilityCheck.Word word = answers.needed("word", EligibilityCheck.Word.class);
          Verdict verdict = answers.needed("met", Verdict.class);
          String note = answers.text("note");
          answers.check();
          records.check(id, word, verdict == Verdict.YES, note, staff, words);
        });
  }

  /** The answer to a check; none is given before somebody thought. */
  enum Verdict {
    YES,
    NO
  }

  /** GET /desk/cases/{id}/source */
  public void askSource(RoutingContext ctx) {
    forms.show(ctx, SOURCE, Map.of(), NOTHING);
  }

  /** POST /desk/cases/{id}/source */
  public void addSource(RoutingContext ctx) {
    forms.attempt(
        ctx,
        SOURCE,
        NOTHING,
        (id, answers, staff, words) -> {
          SourceDraft draft =
              new SourceDraft(
                  answers.needed("kind", Source.Kind.class),
                  answers.ticked("independent"),
                  answers.day("heard_on", LocalDate.EPOCH),
                  answers.text("details"));
          answers.check();
          records.addSource(id, draft, staff, words);
        });
  }

  /** POST /desk/cases/{id}/source/withdraw */
  public void withdrawSource(RoutingContext ctx) {
    forms.attempt(
        ctx,
        SOURCE,
        NOTHING,
        (id, answers, staff, words) ->
            records.withdrawSource(id, answers.number("source").orElse(0), staff));
  }

  /** GET /desk/cases/{id}/risk */
  public void askRisk(RoutingContext ctx) {
    forms.show(ctx, RISK, Map.of(), NOTHING);
  }

  /** POST /desk/cases/{id}/risk */
  public void writeRisk(RoutingContext ctx) {
    forms.attempt(
        ctx,
        RISK,
        NOTHING,
        (id, answers, staff, words) -> {
          String text = answers.text("text");
          answers.check();
          records.writeRiskNote(id, text, staff, words);
        });
  }

  /** GET /desk/cases/{id}/note */
  public void askNote(RoutingContext ctx) {
    forms.show(ctx, NOTE, Map.of("kind", Note.Kind.TEAM.name()), NOTHING);
  }

  /** POST /desk/cases/{id}/note */
  public void addNote(RoutingContext ctx) {
    forms.attempt(
        ctx,
        NOTE,
        NOTHING,
        (id, answers, staff, words) -> {
          Note.Kind kind = answers.needed("kind", Note.Kind.class);
          String text = answers.text("text");
          answers.check();
          records.addNote(id, kind, text, staff, words);
        });
  }
}
