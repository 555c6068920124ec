package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertId;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.StopReason;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/**
 * What is done to a message from its page. Holding and stopping are open to all staff: their page
 * shows the reference and how the alert stands, and no word of it.
 */
public final class AlertVerbs {
  private static final int HASH = 64;
  private static final int LONGEST_TEXT = 20_000;

  private final Alerts alerts;
  private final AlertDeskPages one;
  private final UntoldList untold;
  private final AlertIds ids;
  private final Pages pages;

  public AlertVerbs(
      Alerts alerts, AlertDeskPages one, UntoldList untold, OpaqueIds ids, Pages pages) {
    this.alerts = alerts;
    this.one = one;
    this.untold = untold;
    this.ids = new AlertIds(ids);
    this.pages = pages;
  }

  /**
   * The page with the stop on it.
   *
   * @param chosen the reason that was ticked
   * @param told how far the stop has come; empty where there is none
   * @param problem the code of what could not be done; empty where nothing went wrong
   */
  public record Brake(
      String path, Alert alert, String chosen, Optional<UntoldList.Model> told, String problem) {}

  /** POST /desk/alerts/{id}/submit, with what is doubtful and is meant. */
  public void submit(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String version = form.line("version", 10);
    Set<String> confirmed = Set.copyOf(form.choices("confirm"));
    attempt(
        ctx,
        (id, staff) ->
            alerts.submit(
                id,
                version.matches("[0-9]{1,9}")
                    ? Optional.of(Integer.parseInt(version))
                    : Optional.empty(),
                confirmed,
                staff,
                pages.language(ctx)));
  }

  /** POST /desk/alerts/{id}/approve: exactly what the page showed, by its hash. */
  public void approve(RoutingContext ctx) {
    String hash = Form.of(ctx).line("hash", HASH);
    attempt(ctx, (id, staff) -> alerts.approve(id, staff, Optional.of(Verb.seen(hash))));
  }

  /** POST /desk/alerts/{id}/reject */
  public void reject(RoutingContext ctx) {
    String reason = Form.of(ctx).text("reason", LONGEST_TEXT).strip();
    attempt(
        ctx,
        (id, staff) -> {
          if (reason.isEmpty()) {
            throw new Invalid("reason", "");
          }
          alerts.reject(id, staff, reason, pages.language(ctx));
        });
  }

  /** POST /desk/alerts/{id}/release */
  public void release(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String look = form.line("last_look", 10);
    boolean later = form.line("when", 10).equals("later");
    attempt(
        ctx,
        (id, staff) ->
            alerts.release(
                id,
                staff,
                later ? Optional.of(form.utc("not_before")) : Optional.empty(),
                look.matches("[0-9]{1,4}")
                    ? Optional.of(Duration.ofMinutes(Long.parseLong(look)))
                    : Optional.empty()));
  }

  /** POST /desk/alerts/{id}/close */
  public void close(RoutingContext ctx) {
    String outcome = Form.of(ctx).text("outcome", LONGEST_TEXT);
    attempt(ctx, (id, staff) -> alerts.close(id, outcome, staff, pages.language(ctx)));
  }

  /** POST /desk/alerts/{id}/resume */
  public void resume(RoutingContext ctx) {
    attempt(ctx, alerts::resume);
  }

  /** GET /desk/alerts/{id}/stop */
  public void askStop(RoutingContext ctx) {
    brake(ctx, 200, ids.read(ctx), "", "");
  }

  /** POST /desk/alerts/{id}/stop */
  public void stop(RoutingContext ctx) {
    String word = Form.of(ctx).line("reason", 40);
    brake(
        ctx,
        word,
        (id, staff) -> {
          StopReason reason =
              Arrays.stream(StopReason.values())
                  .filter(known -> known.name().equals(word))
                  .findFirst()
                  .orElseThrow(() -> new Invalid("reason", ""));
          alerts.stop(id, reason, staff);
        });
  }

  /** POST /desk/alerts/{id}/stop/confirm */
  public void confirmStop(RoutingContext ctx) {
    brake(ctx, "", alerts::confirmStop);
  }

  /** POST /desk/alerts/{id}/hold */
  public void hold(RoutingContext ctx) {
    brake(ctx, "", alerts::hold);
  }

  /** Back to the message; what could not be done is said on it. */
  private void attempt(RoutingContext ctx, BiConsumer<AlertId, StaffId> verb) {
    AlertId id = ids.read(ctx);
    Verb.attempt(
        () -> {
          verb.accept(id, Visitor.staff(ctx).id());
          Pages.redirect(ctx, ids.path(id));
        },
        (status, problem) -> one.show(ctx, status, id, problem));
  }

  /** Back to the message for who may read it; for others to the brake. */
  private void brake(RoutingContext ctx, String chosen, BiConsumer<AlertId, StaffId> verb) {
    AlertId id = ids.read(ctx);
    Verb.attempt(
        () -> {
          verb.accept(id, Visitor.staff(ctx).id());
          boolean reads = Visitor.staff(ctx).may(Permission.READ_ALERTS);
          Pages.redirect(ctx, ids.path(id) + (reads ? "" : "/stop"));
        },
        (status, problem) -> brake(ctx, status, id, chosen, problem));
  }

  private void brake(RoutingContext ctx, int status, AlertId id, String chosen, String problem) {
    Alert alert = alerts.get(id);
    pages.show(
        ctx,
        status,
        "desk/alert_stop",
        new Brake(ids.path(id), alert, chosen, untold.of(alert, Visitor.staff(ctx)), problem));
  }
}
