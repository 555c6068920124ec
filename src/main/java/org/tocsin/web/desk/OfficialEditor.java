package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialDetails;
import org.tocsin.officials.OfficialId;
import org.tocsin.officials.Officials;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Writing an official down, and writing better how to reach them. */
public final class OfficialEditor {
  private static final String LIST = "/desk/officials";

  private final Officials officials;
  private final OfficialIds ids;
  private final Pages pages;

  public OfficialEditor(Officials officials, OpaqueIds ids, Pages pages) {
    this.officials = officials;
    this.ids = new OfficialIds(ids);
    this.pages = pages;
  }

  /**
   * @param path where the answers go and where giving up leads
   * @param existing whether it is one who is in the directory already
   * @param refused the code of what could not be done; empty where nothing went wrong
   */
  public record Sheet(
      String path,
      boolean existing,
      int version,
      Map<String, String> typed,
      FormProblems problems,
      String refused) {
    public String value(String field) {
      return typed.getOrDefault(field, "");
    }
  }

  /** GET /desk/officials/new */
  public void showNew(RoutingContext ctx) {
    show(ctx, 200, new Sheet(LIST, false, 0, Map.of(), FormProblems.NONE, ""));
  }

  /** POST /desk/officials */
  public void create(RoutingContext ctx) {
    save(ctx, Optional.empty());
  }

  /** GET /desk/officials/{id}/edit */
  public void showEdit(RoutingContext ctx) {
    Official official = officials.open(ids.read(ctx), Visitor.staff(ctx).id());
    show(
        ctx,
        200,
        new Sheet(
            ids.path(official.id()),
            true,
            official.version(),
            typed(official.details()),
            FormProblems.NONE,
            ""));
  }

  /** POST /desk/officials/{id} */
  public void edit(RoutingContext ctx) {
    save(ctx, Optional.of(officials.get(ids.read(ctx)).id()));
  }

  private void save(RoutingContext ctx, Optional<OfficialId> existing) {
    CaseAnswers answers = new CaseAnswers(Form.of(ctx), pages.language(ctx));
    String path = existing.map(ids::path).orElse(LIST);
    boolean known = existing.isPresent();
    OfficialDetails details = read(answers);
    try {
      answers.check();
      Pages.redirect(ctx, ids.path(write(ctx, existing, answers.version(), details).id()));
    } catch (Invalid invalid) {
      FormProblems problems = new FormProblems(invalid.fields());
      show(ctx, 422, new Sheet(path, known, answers.version(), answers.typed(), problems, ""));
    } catch (Conflict conflict) {
      show(
          ctx,
          409,
          new Sheet(
              path, known, answers.version(), answers.typed(), FormProblems.NONE, conflict.code()));
    }
  }

  private Official write(
      RoutingContext ctx, Optional<OfficialId> existing, int version, OfficialDetails details) {
    return existing
        .map(
            id ->
                officials.edit(id, version, details, Visitor.staff(ctx).id(), pages.language(ctx)))
        .orElseGet(() -> officials.create(details, Visitor.staff(ctx).id(), pages.language(ctx)));
  }

  private static OfficialDetails read(CaseAnswers answers) {
    return new OfficialDetails(
        answers.line("office"),
        answers.line("holder"),
        answers.line("body"),
        answers.line("country"),
        answers.text("postal_address"),
        answers.line("email"),
        answers.line("language"),
        answers.line("salutation"),
        answers.line("english_salutation"));
  }

  private static Map<String, String> typed(OfficialDetails details) {
    return Map.of(
        "office", details.office(),
        "holder", details.holder(),
        "body", details.body(),
        "country", details.country(),
        "postal_address", details.postalAddress(),
        "email", details.email(),
        "language", details.language(),
        "salutation", details.salutation(),
        "english_salutation", details.englishSalutation());
  }

  private void show(RoutingContext ctx, int status, Sheet sheet) {
    pages.show(ctx, status, "desk/official_edit", sheet);
  }
}
