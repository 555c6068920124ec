package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** A form about one case: shown to its team, done, or shown again with all that was typed. */
public final class CaseForms {
  private final Cases cases;
  private final CaseTeam teams;
  private final CaseIds ids;
  private final Pages pages;

  public CaseForms(Cases cases, CaseTeam teams, OpaqueIds ids, Pages pages) {
    this.cases = cases;
    this.teams = teams;
    this.ids = new CaseIds(ids);
    this.pages = pages;
  }

  /**
   * @param path of the case's page
   * @param typed what was answered, by field
   * @param chosen boxes that were ticked
   * @param refused the code of what could not be done; empty where nothing went wrong
   * @param extra what a single form needs besides
   */
  public record Sheet(
      String path,
      CaseFile file,
      int version,
      Map<String, String> typed,
      List<String> chosen,
      FormProblems problems,
      String refused,
      Object extra) {
    public String value(String field) {
      return typed.getOrDefault(field, "");
    }
  }

  /** What a form does, once its answers are read. */
  interface Work {
    void run(CaseId id, CaseAnswers answers, StaffId staff, Messages words);
  }

  void show(RoutingContext ctx, String template, Map<String, String> typed, Object extra) {
    CaseFile file = cases.open(ofTeam(ctx).id(), Visitor.staff(ctx).id());
    sheet(ctx, 200, template, file, file.version(), typed, List.of(), FormProblems.NONE, "", extra);
  }

  /** Back to the case; what could not be done is said on the form. */
  void attempt(RoutingContext ctx, String template, Object extra, Work work) {
    CaseFile file = ofTeam(ctx);
    Messages words = pages.language(ctx);
    CaseAnswers answers = new CaseAnswers(Form.of(ctx), words);
    int status;
    FormProblems problems = FormProblems.NONE;
    String refused = "";
    try {
      work.run(file.id(), answers, Visitor.staff(ctx).id(), words);
      Pages.redirect(ctx, ids.path(file.id()));
      return;
    } catch (Invalid invalid) {
      status = 422;
      problems = new FormProblems(invalid.fields());
    } catch (Conflict conflict) {
      status = 409;
      refused = conflict.code();
    } catch (Forbidden forbidden) {
      status = 403;
      refused = forbidden.code();
    }
    sheet(
        ctx,
        status,
        template,
        cases.open(file.id(), Visitor.staff(ctx).id()),
        answers.version(),
        answers.typed(),
        answers.chosen(),
        problems,
        refused,
        extra);
  }

  /** The case, for one who is of its team. */
  private CaseFile ofTeam(RoutingContext ctx) {
    StaffId viewer = Visitor.staff(ctx).id();
    CaseFile file = cases.require(ids.read(ctx), viewer);
    teams.require(file.id(), viewer);
    return file;
  }

  private void sheet(
      RoutingContext ctx,
      int status,
      String template,
      CaseFile file,
      int version,
      Map<String, String> typed,
      List<String> chosen,
      FormProblems problems,
      String refused,
      Object extra) {
    pages.show(
        ctx,
        status,
        template,
        new Sheet(ids.path(file.id()), file, version, typed, chosen, problems, refused, extra));
  }

  /** The case's number out of the address, before anything is asked of it. */
  CaseId id(RoutingContext ctx) {
    return ids.read(ctx);
  }
}
