package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.developments.Development;
import org.tocsin.developments.DevelopmentDraft;
import org.tocsin.developments.DevelopmentDraft.Kind;
import org.tocsin.developments.DevelopmentId;
import org.tocsin.developments.Developments;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Draft;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.Newsletters;
import org.tocsin.release.ContentHash;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** What is done to a development: written, cleared, dropped, taken into a newsletter. */
public final class DevelopmentForms {
  private static final String HASH = "[0-9a-f]{64}";

  private final Developments developments;
  private final Cases cases;
  private final CaseTeam teams;
  private final Newsletters newsletters;
  private final DevelopmentPages one;
  private final OpaqueIds ids;
  private final Pages pages;

  public DevelopmentForms(
      Developments developments,
      Cases cases,
      CaseTeam teams,
      Newsletters newsletters,
      DevelopmentPages one,
      OpaqueIds ids,
      Pages pages) {
    this.developments = developments;
    this.cases = cases;
    this.teams = teams;
    this.newsletters = newsletters;
    this.one = one;
    this.ids = ids;
    this.pages = pages;
  }

  /**
   * The words, to be written or changed.
   *
   * @param action where they are sent
   * @param back where they belong
   * @param hash of what is changed; empty for a new one
   */
  public record Sheet(
      String action,
      String back,
      CaseFile file,
      String hash,
      Map<String, String> typed,
      FormProblems problems,
      String refused) {
    public String value(String field) {
      return typed.getOrDefault(field, "");
    }
  }

  private interface Save {
    DevelopmentId save(DevelopmentDraft draft, ContentHash seen, StaffId staff, Messages words);
  }

  /** GET /desk/cases/{id}/development?kind=… */
  public void askNew(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    String asked = Params.query(ctx, "kind", 40).orElse("");
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> known.name().equals(asked))
            .findFirst()
            .orElse(Kind.OTHER);
    CaseFile file = ofTeam(ctx);
    String path = new CaseIds(ids).path(file.id());
    Map<String, String> typed =
        Map.of(
            "kind",
            kind.name(),
            "title",
            beginning(words, "title", kind),
            "text",
            beginning(words, "text", kind));
    show(ctx, 200, new Sheet(path + "/development", path, file, "", typed, FormProblems.NONE, ""));
  }

  private static String beginning(Messages words, String field, Kind kind) {
    return kind == Kind.OTHER ? "" : words.text("developments.begin." + field + "." + kind.name());
  }

  /** POST /desk/cases/{id}/development */
  public void begin(RoutingContext ctx) {
    CaseFile file = ofTeam(ctx);
    String path = new CaseIds(ids).path(file.id());
    save(
        ctx,
        path + "/development",
        path,
        file,
        (draft, seen, staff, words) -> developments.begin(file.id(), draft, staff, words));
  }

  /** GET /desk/developments/{id}/edit */
  public void askEdit(RoutingContext ctx) {
    Development before = ofItsTeam(ctx);
    DevelopmentDraft draft = before.draft();
    String path = one.path(before.id());
    show(
        ctx,
        200,
        new Sheet(
            path + "/edit",
            path,
            file(before, ctx),
            before.hash().hex(),
            Map.of("kind", draft.kind().name(), "title", draft.title(), "text", draft.text()),
            FormProblems.NONE,
            ""));
  }

  /** POST /desk/developments/{id}/edit */
  public void edit(RoutingContext ctx) {
    Development before = ofItsTeam(ctx);
    String path = one.path(before.id());
    save(
        ctx,
        path + "/edit",
        path,
        file(before, ctx),
        (draft, seen, staff, words) -> {
          developments.edit(before.id(), seen, draft, staff, words);
          return before.id();
        });
  }

  /** Back to the development; what was typed is shown again where it cannot be saved. */
  private void save(RoutingContext ctx, String action, String back, CaseFile file, Save work) {
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    CaseAnswers answers = new CaseAnswers(form, words);
    String hash = form.line("hash", 64);
    int status;
    FormProblems problems = FormProblems.NONE;
    String refused = "";
    try {
      DevelopmentDraft draft =
          new DevelopmentDraft(
              answers.needed("kind", Kind.class), answers.line("title"), answers.text("text"));
      answers.check();
      DevelopmentId id = work.save(draft, seen(hash, draft), Visitor.staff(ctx).id(), words);
      Pages.redirect(ctx, one.path(id));
      return;
    } catch (Invalid invalid) {
      status = 422;
      problems = new FormProblems(invalid.fields());
    } catch (Conflict conflict) {
      status = 409;
      refused = conflict.code();
    }
    show(ctx, status, new Sheet(action, back, file, hash, answers.typed(), problems, refused));
  }

  /** A form without a hash changes nothing that is there: it can match only its own words. */
  private static ContentHash seen(String hash, DevelopmentDraft draft) {
    return hash.matches(HASH) ? new ContentHash(hash) : draft.hash();
  }

  private void show(RoutingContext ctx, int status, Sheet sheet) {
    pages.show(ctx, status, "desk/development_edit", sheet);
  }

  /** POST /desk/developments/{id}/clear */
  public void clear(RoutingContext ctx) {
    String hash = Form.of(ctx).line("hash", 64);
    onPage(ctx, (id, staff) -> developments.clear(id, Verb.seen(hash), staff));
  }

  /** POST /desk/developments/{id}/drop */
  public void drop(RoutingContext ctx) {
    onPage(ctx, developments::drop);
  }

  /** For a single button: what could not be done is said on the development's page. */
  private void onPage(RoutingContext ctx, BiConsumer<DevelopmentId, StaffId> verb) {
    DevelopmentId id = one.id(ctx);
    Verb.attempt(
        () -> {
          verb.accept(id, Visitor.staff(ctx).id());
          Pages.redirect(ctx, one.path(id));
        },
        (status, problem) -> one.show(ctx, status, problem));
  }

  /** POST /desk/developments/{id}/newsletter: a section at the end of an issue that is a draft. */
  public void take(RoutingContext ctx) {
    DevelopmentDraft words = developments.cleared(one.id(ctx)).draft();
    NewsletterIds newsletterIds = new NewsletterIds(ids);
    Newsletter issue = newsletters.get(newsletterIds.read(Form.of(ctx).line("newsletter", 40)));
    Draft before = issue.draft();
    Draft after =
        new Draft(
            before.month(),
            before.subject(),
            before.preheader(),
            before.markdown().stripTrailing() + "\n\n" + words.section(),
            before.topics());
    Verb.attempt(
        () -> {
          if (issue.state() != Newsletter.State.DRAFT) {
            throw new Conflict("not_a_draft", "An issue in review is not changed");
          }
          newsletters.edit(
              issue.id(), issue.version(), after, Visitor.staff(ctx).id(), pages.language(ctx));
          Pages.redirect(ctx, newsletterIds.path(issue.id()) + "/edit");
        },
        (status, problem) -> one.show(ctx, status, problem));
  }

  /** The case, for one who is of its team. */
  private CaseFile ofTeam(RoutingContext ctx) {
    StaffId viewer = Visitor.staff(ctx).id();
    CaseFile file = cases.open(new CaseIds(ids).read(ctx), viewer);
    teams.require(file.id(), viewer);
    return file;
  }

  private Development ofItsTeam(RoutingContext ctx) {
    StaffId viewer = Visitor.staff(ctx).id();
    Development found = developments.require(one.id(ctx), viewer);
    teams.require(found.caseId(), viewer);
    return found;
  }

  private CaseFile file(Development about, RoutingContext ctx) {
    return cases.open(about.caseId(), Visitor.staff(ctx).id());
  }
}
