package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.correspondents.ApplicationLinks;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** What the two letters of an application lead to: a look changes nothing, a button answers. */
public final class ApplicationPages {
  private final ApplicationLinks links;
  private final Pages pages;

  public ApplicationPages(ApplicationLinks links, Pages pages) {
    this.links = links;
    this.pages = pages;
  }

  /**
   * @param state a word of the bundle: asking, done, over
   * @param address where the applicant wants to be written to; only the roster's reader sees it
   */
  public record Model(String state, String token, String address) {}

  /** GET /correspondents/application/:token */
  public void showProof(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    boolean works = links.provable(token);
    pages.show(
        ctx,
        works ? 200 : 410,
        "site/application_proof",
        new Model(works ? "asking" : "over", token, ""));
  }

  /** POST /correspondents/application/:token */
  public void prove(RoutingContext ctx) {
    boolean done = links.prove(Params.path(ctx, "token"));
    pages.show(
        ctx, done ? 200 : 410, "site/application_proof", new Model(done ? "done" : "over", "", ""));
  }

  /** GET /correspondents/vouch/:token */
  public void showVouch(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    Model model =
        links
            .asked(token)
            .map(asked -> new Model("asking", token, asked.address().readable()))
            .orElseGet(() -> new Model("over", "", ""));
    pages.show(ctx, model.state().equals("over") ? 410 : 200, "site/application_vouch", model);
  }

  /** POST /correspondents/vouch/:token */
  public void vouch(RoutingContext ctx) {
    boolean mine = Form.of(ctx).line("answer", 3).equals("yes");
    boolean done = links.answer(Params.path(ctx, "token"), mine);
    pages.show(
        ctx,
        done ? 200 : 410,
        "site/application_vouch",
        new Model(done ? mine ? "yes" : "no" : "over", "", ""));
  }
}
