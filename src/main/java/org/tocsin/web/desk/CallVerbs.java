package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.tocsin.access.StaffId;
import org.tocsin.calls.CallId;
import org.tocsin.calls.Calls;
import org.tocsin.calls.CloseReason;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** What is done to a call from its page. */
public final class CallVerbs {
  private static final int HASH = 64;
  private static final int LONGEST_TEXT = 20_000;

  private final Calls calls;
  private final CallDeskPages one;
  private final CallIds ids;
  private final Pages pages;

  public CallVerbs(Calls calls, CallDeskPages one, OpaqueIds ids, Pages pages) {
    this.calls = calls;
    this.one = one;
    this.ids = new CallIds(ids);
    this.pages = pages;
  }

  /** POST /desk/calls/{id}/submit */
  public void submit(RoutingContext ctx) {
    attempt(ctx, calls::submit);
  }

  /** POST /desk/calls/{id}/approve: exactly what the page showed, by its hash. */
  public void approve(RoutingContext ctx) {
    String hash = Form.of(ctx).line("hash", HASH);
    attempt(ctx, (id, staff) -> calls.approve(id, staff, Optional.of(Verb.seen(hash))));
  }

  /** POST /desk/calls/{id}/reject */
  public void reject(RoutingContext ctx) {
    String reason = Form.of(ctx).text("reason", LONGEST_TEXT);
    attempt(ctx, (id, staff) -> calls.reject(id, staff, reason, pages.language(ctx)));
  }

  /** POST /desk/calls/{id}/release */
  public void release(RoutingContext ctx) {
    attempt(ctx, calls::release);
  }

  /** POST /desk/calls/{id}/close */
  public void close(RoutingContext ctx) {
    CallId id = ids.read(ctx);
    String word = Form.of(ctx).line("reason", 40);
    Optional<CloseReason> reason =
        Arrays.stream(CloseReason.values()).filter(known -> known.name().equals(word)).findFirst();
    if (reason.isEmpty()) {
      one.askClose(ctx, 422, id, "field.reason");
      return;
    }
    attempt(ctx, (call, staff) -> calls.close(call, reason.get(), staff));
  }

  /** Back to the call; what could not be done is said on it. */
  private void attempt(RoutingContext ctx, BiConsumer<CallId, StaffId> verb) {
    CallId id = ids.read(ctx);
    Verb.attempt(
        () -> {
          verb.accept(id, Visitor.staff(ctx).id());
          Pages.redirect(ctx, ids.path(id));
        },
        (status, problem) -> one.show(ctx, status, id, problem));
  }
}
