package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.tocsin.access.StaffId;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.publications.NewsletterId;
import org.tocsin.publications.Newsletters;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** What is done to an issue from its page: submit, approve, send back, release, withdraw. */
public final class NewsletterVerbs {
  private static final int HASH = 64;
  private static final int LONGEST_COUNT = 6;
  private static final int LONGEST_REASON = 2_000;

  private final Newsletters newsletters;
  private final NewsletterPages one;
  private final NewsletterIds ids;
  private final Pages pages;

  public NewsletterVerbs(
      Newsletters newsletters,
      NewsletterPages one,
      org.tocsin.platform.crypto.OpaqueIds ids,
      Pages pages) {
    this.newsletters = newsletters;
    this.one = one;
    this.ids = new NewsletterIds(ids);
    this.pages = pages;
  }

  /** POST /desk/newsletters/{id}/submit */
  public void submit(RoutingContext ctx) {
    attempt(ctx, (id, staff) -> newsletters.submit(id, staff));
  }

  /**
   * POST /desk/newsletters/{id}/approve: exactly what the page showed, by its hash; and with the
   * places that it showed, if there were any and somebody says to have looked at them.
   */
  public void approve(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String hash = form.line("hash", HASH);
    String places = form.line("places", LONGEST_COUNT);
    boolean looked = form.checked("looked");
    attempt(
        ctx,
        (id, staff) -> {
          Optional<Integer> seen = Optional.empty();
          if (places.matches("[0-9]{1,6}") && !places.equals("0")) {
            if (!looked) {
              throw new Invalid("looked", "");
            }
            seen = Optional.of(Integer.valueOf(places));
          }
          newsletters.approve(id, staff, Optional.of(Verb.seen(hash)), seen);
        });
  }

  /** POST /desk/newsletters/{id}/reject */
  public void reject(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String reason = form.text("reason", LONGEST_REASON).strip();
    attempt(
        ctx,
        (id, staff) -> {
          if (reason.isEmpty()) {
            throw new Invalid("reason", "");
          }
          newsletters.reject(id, staff, reason, pages.language(ctx));
        });
  }

  /** POST /desk/newsletters/{id}/release */
  public void release(RoutingContext ctx) {
    Form form = Form.of(ctx);
    boolean later = form.line("when", 10).equals("later");
    attempt(
        ctx,
        (id, staff) ->
            newsletters.release(
                id, staff, later ? Optional.of(form.utc("not_before")) : Optional.empty()));
  }

  /** POST /desk/newsletters/{id}/withdraw */
  public void withdraw(RoutingContext ctx) {
    attempt(ctx, (id, staff) -> newsletters.withdraw(id, staff));
  }

  /** Back to the issue; what could not be done is said on it. */
  private void attempt(RoutingContext ctx, BiConsumer<NewsletterId, StaffId> verb) {
    NewsletterId id = ids.read(ctx);
    Verb.attempt(
        () -> {
          verb.accept(id, Visitor.staff(ctx).id());
          Pages.redirect(ctx, ids.path(id));
        },
        (status, problem) -> one.show(ctx, status, id, problem));
  }
}
