package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Draft;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.NewsletterId;
import org.tocsin.publications.Newsletters;
import org.tocsin.publications.Sketches;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Writing an issue, with a preview that follows the writer and works without JavaScript too. */
public final class NewsletterEditor {
  private static final int LONGEST_MONTH = 20;
  private static final int LONGEST_LINE = 1_000;
  private static final int WORDS_A_MINUTE = 230;

  private final Newsletters newsletters;
  private final Sketches sketches;
  private final NewsletterIds ids;
  private final Pages pages;
  private final InstantSource clock;
  private final List<String> topics;

  public NewsletterEditor(
      Newsletters newsletters,
      Sketches sketches,
      org.tocsin.platform.crypto.OpaqueIds ids,
      Pages pages,
      InstantSource clock,
      List<String> topics) {
    this.newsletters = newsletters;
    this.sketches = sketches;
    this.ids = new NewsletterIds(ids);
    this.pages = pages;
    this.clock = clock;
    this.topics = List.copyOf(topics);
  }

  /**
   * The form.
   *
   * @param id none for a new issue
   * @param willUnapprove whether saving takes an approval or a review away
   */
  public record Editor(
      Optional<String> id,
      int version,
      Draft draft,
      List<String> topics,
      boolean willUnapprove,
      FormProblems problems,
      Preview preview) {
    public String action() {
      return "/desk/newsletters" + id.map(known -> "/" + known).orElse("");
    }
  }

  /**
   * How the letter would look.
   *
   * @param stamp makes the frame's address new with every change
   */
  public record Preview(
      Draft draft,
      List<Field> problems,
      MailContent letter,
      String text,
      long bytes,
      long minutes,
      long stamp) {
    public int subjectLength() {
      return draft.subject().codePointCount(0, draft.subject().length());
    }

    public int preheaderLength() {
      return draft.preheader().codePointCount(0, draft.preheader().length());
    }
  }

  /** GET /desk/newsletters/new */
  public void showNew(RoutingContext ctx) {
    String month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
    Draft empty = new Draft(month, "", "", "", List.of(topics.getFirst()));
    edit(ctx, 200, Optional.empty(), 0, empty, false, FormProblems.NONE);
  }

  /** POST /desk/newsletters */
  public void create(RoutingContext ctx) {
    Form form = Form.of(ctx);
    Draft draft = draft(form);
    StaffId staff = Visitor.staff(ctx).id();
    try {
      form.check();
      Newsletter created = newsletters.create(draft, staff, pages.language(ctx));
      sketches.forget(staff);
      Pages.redirect(ctx, ids.path(created.id()));
    } catch (Invalid invalid) {
      FormProblems problems = new FormProblems(invalid.fields());
      edit(ctx, 422, Optional.empty(), 0, draft, false, problems);
    }
  }

  /** GET /desk/newsletters/{id}/edit */
  public void showEdit(RoutingContext ctx) {
    Newsletter issue = newsletters.get(ids.read(ctx));
    if (issue.state().released()) {
      Pages.redirect(ctx, ids.path(issue.id()));
      return;
    }
    edit(ctx, 200, Optional.of(issue), issue.version(), issue.draft(), true, FormProblems.NONE);
  }

  /** POST /desk/newsletters/{id} */
  public void save(RoutingContext ctx) {
    NewsletterId id = ids.read(ctx);
    Form form = Form.of(ctx);
    Draft draft = draft(form);
    String version = form.line("version", 10);
    StaffId staff = Visitor.staff(ctx).id();
    int based = version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
    try {
      form.check();
      newsletters.edit(id, based, draft, staff, pages.language(ctx));
      sketches.forget(staff);
      Pages.redirect(ctx, ids.path(id));
    } catch (Invalid invalid) {
      FormProblems problems = new FormProblems(invalid.fields());
      edit(ctx, 422, Optional.of(newsletters.get(id)), based, draft, true, problems);
    } catch (Conflict conflict) {
      Newsletter now = newsletters.get(id);
      FormProblems problems =
          FormProblems.of(
              "body_markdown",
              pages.language(ctx).text("desk.newsletter.problem." + conflict.code()));
      edit(ctx, 409, Optional.of(now), based, draft, true, problems);
    }
  }

  /** POST /desk/newsletters/preview: a part of the page for htmx, a page of its own without it. */
  public void preview(RoutingContext ctx) {
    Form form = Form.of(ctx);
    Draft draft = draft(form);
    StaffId staff = Visitor.staff(ctx).id();
    sketches.keep(staff, draft);
    boolean part = "true".equals(ctx.request().getHeader("HX-Request"));
    pages.show(
        ctx,
        part ? "desk/newsletter_preview" : "desk/newsletter_preview_page",
        preview(draft, pages.language(ctx)));
  }

  /** GET /desk/newsletters/preview/letter: the HTML part of what is just being written. */
  public void previewLetter(RoutingContext ctx) {
    Draft draft = sketches.find(Visitor.staff(ctx).id()).orElseThrow(() -> new NotFound("letter"));
    Messages words = pages.language(ctx);
    MailFrame.show(ctx, newsletters.preview(draft, words), draft, words);
  }

  private void edit(
      RoutingContext ctx,
      int status,
      Optional<Newsletter> issue,
      int version,
      Draft draft,
      boolean known,
      FormProblems problems) {
    sketches.keep(Visitor.staff(ctx).id(), draft);
    pages.show(
        ctx,
        status,
        "desk/newsletter_edit",
        new Editor(
            issue.map(Newsletter::id).map(ids::show),
            version,
            draft,
            topics,
            known && issue.filter(i -> i.state() != Newsletter.State.DRAFT).isPresent(),
            problems,
            preview(draft, pages.language(ctx))));
  }

  private Preview preview(Draft draft, Messages words) {
    MailContent letter = newsletters.preview(draft, words);
    String text = draft.markdown().strip();
    long count = text.isEmpty() ? 0 : text.split("\\s+").length;
    return new Preview(
        draft,
        newsletters.problems(draft, words),
        letter,
        MailFrame.text(letter, draft, words),
        draft.markdown().getBytes(StandardCharsets.UTF_8).length,
        (count + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE,
        clock.millis());
  }

  /** Longer fields are taken as they are, so that nothing is lost; the rules then name them. */
  private static Draft draft(Form form) {
    return new Draft(
        form.text("month", LONGEST_MONTH),
        form.text("subject", LONGEST_LINE),
        form.text("preheader", LONGEST_LINE),
        form.text("body_markdown", 2 * Draft.MAX_BODY_BYTES),
        form.choices("topics"));
  }
}
