package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.StaffId;
import org.tocsin.channels.Outcome;
import org.tocsin.network.Endpoint;
import org.tocsin.network.EndpointDraft;
import org.tocsin.network.EndpointId;
import org.tocsin.network.Endpoints;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Webhook endpoints: the list, registering one, and what is done with one. */
public final class EndpointPages {
  private static final String PAGE = "/desk/endpoints";
  private static final String KIND = "endpoint";
  private static final int ROWS = 100;
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_LINE = 254;
  private static final Set<String> DONE = Set.of("active", "challenged", "disabled");

  private final Pages pages;
  private final Endpoints endpoints;
  private final OpaqueIds ids;

  public EndpointPages(Pages pages, Endpoints endpoints, OpaqueIds ids) {
    this.pages = pages;
    this.endpoints = endpoints;
    this.ids = ids;
  }

  /** An endpoint and the id its page has. */
  public record Row(String id, Endpoint endpoint) {}

  public record EndpointList(List<Row> rows, Optional<String> next) {}

  /** The form for a new one, as it was filled in. */
  public record NewEndpoint(EndpointDraft draft, List<EventType> types, FormProblems problems) {}

  /** A secret, shown this once; {@code fresh} with its endpoint, else after a rotation. */
  public record ShownSecret(
      String id, Endpoint endpoint, String secret, boolean fresh, int overlapDays) {}

  /**
   * One endpoint.
   *
   * @param own whether the visitor registered it
   * @param tested what became of a test event sent just now
   */
  public record OneEndpoint(
      String id,
      Endpoint endpoint,
      boolean own,
      String done,
      Optional<Tested> tested,
      FormProblems problems) {}

  /**
   * One that waits for a second person, or has had them.
   *
   * @param own whether the visitor registered it
   */
  public record ConfirmEndpoint(String id, Endpoint endpoint, boolean own, FormProblems problems) {}

  /** One word for the text, and the code that came back. */
  public record Tested(String word, String code) {
    static Tested of(Outcome outcome) {
      return new Tested(
          switch (outcome) {
            case Outcome.Accepted _ -> "accepted";
            case Outcome.Deferred _, Outcome.Unsent _ -> "failed";
            case Outcome.InDoubt _ -> "in_doubt";
            case Outcome.Refused refused ->
                refused.reason() == Outcome.Reason.GONE ? "gone" : "refused";
          },
          outcome.code());
    }
  }

  /** GET /desk/endpoints */
  public void list(RoutingContext ctx) {
    long after = Params.query(ctx, "after", 60).map(this::read).orElse(0L);
    List<Row> rows = endpoints.list(after, ROWS).stream().map(this::row).toList();
    pages.show(
        ctx,
        "desk/endpoints",
        new EndpointList(
            rows, rows.size() < ROWS ? Optional.empty() : Optional.of(rows.getLast().id())));
  }

  /** GET /desk/endpoints/new */
  public void showNew(RoutingContext ctx) {
    showNew(ctx, 200, new EndpointDraft("", "public", List.of(), "", ""), FormProblems.NONE);
  }

  private void showNew(RoutingContext ctx, int status, EndpointDraft draft, FormProblems problems) {
    pages.show(
        ctx,
        status,
        "desk/endpoint_new",
        new NewEndpoint(draft, EventType.offeredIn(Scope.NETWORK), problems));
  }

  /** POST /desk/endpoints: answers with the secret, which no later page can show. */
  public void register(RoutingContext ctx) {
    Form form = Form.of(ctx);
    EndpointDraft draft =
        new EndpointDraft(
            form.line("url", LONGEST_URL),
            form.line("scope", LONGEST_LINE),
            form.choices("types"),
            form.line("description", LONGEST_LINE),
            form.line("contact_email", LONGEST_LINE));
    try {
      form.check();
      Endpoints.Registered registered = endpoints.register(Visitor.staff(ctx).id(), draft);
      show(ctx, registered.endpoint(), registered.secret(), true, 0);
    } catch (Invalid invalid) {
      showNew(
          ctx, 422, draft, FormProblems.of(pages.language(ctx), "desk.endpoint.problem", invalid));
    }
  }

  private void show(
      RoutingContext ctx, Endpoint endpoint, String secret, boolean fresh, int overlapDays) {
    pages.show(
        ctx,
        "desk/endpoint_secret",
        new ShownSecret(show(endpoint), endpoint, secret, fresh, overlapDays));
  }

  /** GET /desk/endpoints/:id */
  public void show(RoutingContext ctx) {
    String done = Params.query(ctx, "done", 20).filter(DONE::contains).orElse("");
    one(ctx, 200, done, Optional.empty(), FormProblems.NONE);
  }

  private void one(
      RoutingContext ctx, int status, String done, Optional<Tested> tested, FormProblems problems) {
    Endpoint endpoint = endpoints.get(id(ctx));
    pages.show(
        ctx,
        status,
        "desk/endpoint",
        new OneEndpoint(
            show(endpoint),
            endpoint,
            endpoint.createdBy().equals(Visitor.staff(ctx).id()),
            done,
            tested,
            problems));
  }

  /**
   * GET /desk/endpoints/:id/confirm: for whoever may confirm it, while it waits, and their word.
   */
  public void askConfirm(RoutingContext ctx) {
    showConfirm(ctx, 200, FormProblems.NONE);
  }

  private void showConfirm(RoutingContext ctx, int status, FormProblems problems) {
    Endpoint endpoint = endpoints.get(id(ctx));
    StaffId visitor = Visitor.staff(ctx).id();
    if (!endpoint.awaitsConfirmation() && !endpoint.confirmedBy().equals(Optional.of(visitor))) {
      throw new NotFound(KIND);
    }
    pages.show(
        ctx,
        status,
        "desk/endpoint_confirm",
        new ConfirmEndpoint(
            show(endpoint), endpoint, endpoint.createdBy().equals(visitor), problems));
  }

  /** POST /desk/endpoints/:id/confirm */
  public void confirm(RoutingContext ctx) {
    try {
      Endpoint confirmed = endpoints.confirm(Visitor.staff(ctx).id(), id(ctx));
      Pages.redirect(ctx, page(confirmed) + "/confirm");
    } catch (Conflict conflict) {
      showConfirm(
          ctx,
          409,
          FormProblems.of(
              "confirm", pages.language(ctx).text("desk.endpoint.problem." + conflict.code())));
    }
  }

  /** POST /desk/endpoints/:id/verify */
  public void verify(RoutingContext ctx) {
    try {
      Endpoint asked = endpoints.verify(Visitor.staff(ctx).id(), id(ctx));
      Pages.redirect(
          ctx, page(asked) + "?done=" + (asked.state().listens() ? "active" : "challenged"));
    } catch (Conflict conflict) {
      refused(ctx, "verify", conflict);
    }
  }

  /** POST /desk/endpoints/:id/test: a reload sends another. */
  public void test(RoutingContext ctx) {
    try {
      Outcome outcome = endpoints.test(Visitor.staff(ctx).id(), id(ctx));
      one(ctx, 200, "", Optional.of(Tested.of(outcome)), FormProblems.NONE);
    } catch (Conflict conflict) {
      refused(ctx, "test", conflict);
    }
  }

  /** POST /desk/endpoints/:id/rotate */
  public void rotate(RoutingContext ctx) {
    EndpointId id = id(ctx);
    Form form = Form.of(ctx);
    String days = form.line("overlap_days", 2);
    try {
      form.check();
      int overlap = days.matches("[0-9]{1,2}") ? Integer.parseInt(days) : -1;
      String secret = endpoints.rotate(Visitor.staff(ctx).id(), id, overlap);
      show(ctx, endpoints.get(id), secret, false, overlap);
    } catch (Invalid invalid) {
      one(
          ctx,
          422,
          "",
          Optional.empty(),
          FormProblems.of(pages.language(ctx), "desk.endpoint.problem", invalid));
    }
  }

  /** POST /desk/endpoints/:id/disable */
  public void disable(RoutingContext ctx) {
    try {
      Endpoint disabled = endpoints.disable(Visitor.staff(ctx).id(), id(ctx));
      Pages.redirect(ctx, page(disabled) + "?done=disabled");
    } catch (Conflict conflict) {
      refused(ctx, "disable", conflict);
    }
  }

  private void refused(RoutingContext ctx, String action, Conflict conflict) {
    one(
        ctx,
        409,
        "",
        Optional.empty(),
        FormProblems.of(
            action, pages.language(ctx).text("desk.endpoint.problem." + conflict.code())));
  }

  private EndpointId id(RoutingContext ctx) {
    return new EndpointId(read(Params.path(ctx, "id")));
  }

  private long read(String id) {
    return ids.decode(KIND, id).orElseThrow(() -> new NotFound(KIND));
  }

  private Row row(Endpoint endpoint) {
    return new Row(show(endpoint), endpoint);
  }

  private String show(Endpoint endpoint) {
    return ids.encode(KIND, endpoint.id().value());
  }

  private String page(Endpoint endpoint) {
    return PAGE + "/" + show(endpoint);
  }
}
