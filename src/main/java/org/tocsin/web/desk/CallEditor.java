package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import org.tocsin.access.StaffId;
import org.tocsin.calls.Call;
import org.tocsin.calls.CallDraft;
import org.tocsin.calls.CallState;
import org.tocsin.calls.Calls;
import org.tocsin.correspondents.Areas;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Writing a call, or changing one that is not released yet. */
public final class CallEditor {
  private static final String LIST = "/desk/calls";

  private final Calls calls;
  private final Areas areas;
  private final CallIds ids;
  private final Pages pages;

  public CallEditor(Calls calls, Areas areas, OpaqueIds ids, Pages pages) {
    this.calls = calls;
    this.areas = areas;
    this.ids = new CallIds(ids);
    this.pages = pages;
  }

  /** Where a form comes from and leads to; its title is a key. */
  private record Frame(
      String title, String action, String back, int version, boolean willUnapprove) {}

  /**
   * The form.
   *
   * @param willUnapprove whether saving takes an approval or a review away
   */
  public record Editor(
      String title,
      String action,
      String back,
      int version,
      boolean willUnapprove,
      CallForm typed,
      List<String> offered,
      FormProblems problems) {}

  /** GET /desk/calls/new */
  public void showNew(RoutingContext ctx) {
    show(ctx, 200, fresh(), CallForm.BLANK, FormProblems.NONE);
  }

  /** POST /desk/calls */
  public void create(RoutingContext ctx) {
    save(ctx, fresh(), draft -> calls.create(draft, visitor(ctx), pages.language(ctx)));
  }

  private static Frame fresh() {
    return new Frame("calls.edit.new", LIST, LIST, 0, false);
  }

  /** GET /desk/calls/{id}/edit */
  public void showEdit(RoutingContext ctx) {
    Call call = calls.open(ids.read(ctx), Visitor.staff(ctx).id());
    if (call.sent().isPresent() || call.closed().isPresent()) {
      Pages.redirect(ctx, ids.path(call.id()));
      return;
    }
    show(ctx, 200, of(call), CallForm.of(call.draft()), FormProblems.NONE);
  }

  /** POST /desk/calls/{id} */
  public void save(RoutingContext ctx) {
    Call call = calls.get(ids.read(ctx));
    String version = Form.of(ctx).line("version", 10);
    int based = version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
    save(
        ctx,
        of(call),
        draft -> calls.edit(call.id(), based, draft, visitor(ctx), pages.language(ctx)));
  }

  private Frame of(Call call) {
    String path = ids.path(call.id());
    return new Frame(
        "calls.edit.edit", path, path, call.version(), call.state() != CallState.DRAFT);
  }

  /** What is wrong, and what could not be done, is said on the form with all that was typed. */
  private void save(RoutingContext ctx, Frame frame, Function<CallDraft, Call> write) {
    Form form = Form.of(ctx);
    CallForm typed = CallForm.of(form);
    try {
      form.check();
      Pages.redirect(ctx, ids.path(write.apply(typed.draft()).id()));
    } catch (Invalid invalid) {
      show(ctx, 422, frame, typed, new FormProblems(invalid.fields()));
    } catch (Conflict conflict) {
      String text = pages.language(ctx).text("calls.refused." + conflict.code());
      show(ctx, 409, frame, typed, FormProblems.of("title", text));
    }
  }

  private void show(
      RoutingContext ctx, int status, Frame frame, CallForm typed, FormProblems problems) {
    pages.show(
        ctx,
        status,
        "desk/call_edit",
        new Editor(
            pages.language(ctx).text(frame.title()),
            frame.action(),
            frame.back(),
            frame.version(),
            frame.willUnapprove(),
            typed,
            areas.ids(),
            problems));
  }

  private static StaffId visitor(RoutingContext ctx) {
    return Visitor.staff(ctx).id();
  }
}
