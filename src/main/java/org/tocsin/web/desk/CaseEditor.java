package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Profession;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Taking a case in, and writing down better who it is about. */
public final class CaseEditor {
  private static final String EDIT = "desk/case_edit";

  private final Cases cases;
  private final CaseForms forms;
  private final CaseIds ids;
  private final Pages pages;

  public CaseEditor(Cases cases, CaseForms forms, OpaqueIds ids, Pages pages) {
    this.cases = cases;
    this.forms = forms;
    this.ids = new CaseIds(ids);
    this.pages = pages;
  }

  /** The form for a new case. */
  public record Intake(Map<String, String> typed, FormProblems problems) {
    public String value(String field) {
      return typed.getOrDefault(field, "");
    }
  }

  /** GET /desk/cases/new */
  public void showNew(RoutingContext ctx) {
    pages.show(ctx, "desk/case_new", new Intake(Map.of(), FormProblems.NONE));
  }

  /** POST /desk/cases */
  public void create(RoutingContext ctx) {
    CaseAnswers answers = new CaseAnswers(Form.of(ctx), pages.language(ctx));
    try {
      CaseDetails details = checked(answers, pages.language(ctx));
      CaseFile created = cases.create(details, Visitor.staff(ctx).id(), pages.language(ctx));
      Pages.redirect(ctx, ids.path(created.id()));
    } catch (Invalid invalid) {
      pages.show(
          ctx,
          422,
          "desk/case_new",
          new Intake(answers.typed(), new FormProblems(invalid.fields())));
    }
  }

  /** GET /desk/cases/{id}/edit */
  public void showEdit(RoutingContext ctx) {
    CaseId id = ids.read(ctx);
    CaseDetails details = cases.require(id, Visitor.staff(ctx).id()).details();
    forms.show(
        ctx,
        EDIT,
        Map.of(
            "name", details.name(),
            "other_names", details.otherNames(),
            "country", details.country(),
            "profession", details.profession().name(),
            "summary", details.summary()),
        List.of());
  }

  /** POST /desk/cases/{id} */
  public void save(RoutingContext ctx) {
    forms.attempt(
        ctx,
        EDIT,
        List.of(),
        (id, answers, staff, words) -> {
          CaseDetails details = checked(answers, words);
          cases.edit(id, answers.version(), details, staff, words);
        });
  }

  /** All that is wrong is told at once, whether the form or the rules found it. */
  private CaseDetails checked(CaseAnswers answers, Messages words) {
    String name = answers.line("name");
    String others = answers.text("other_names");
    String country = answers.line("country");
    Optional<Profession> profession = answers.one("profession", Profession.class);
    if (profession.isEmpty()) {
      answers.problem("profession", "profession");
    }
    CaseDetails details =
        new CaseDetails(
            name,
            others,
            country,
            profession.orElse(Profession.PHYSICIAN),
            answers.text("summary"));
    answers.check(() -> cases.check(details, words));
    return details;
  }
}
