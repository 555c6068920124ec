package org.tocsin.web.site;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.correspondents.Academy;
import org.tocsin.correspondents.ApplicationForm;
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
  public record Model(String state, String token, String address) {
    @Override
    public String toString() {
      return "Model[" + state + "]";
    }
  }

  /**
   * The question to the typed mailbox. Anybody may have typed the rest, so it can be put right.
   *
   * @param state a word of the bundle: asking, done, over
   */
  public record Proof(String state, String token, String name, String academy) {
    static Proof of(String state) {
      return new Proof(state, "", "", "");
    }

    public List<Academy> academies() {
      return List.of(Academy.values());
    }

    @Override
    public String toString() {
      return "Proof[" + state + "]";
    }
  }

  /** GET /correspondents/application/:token */
  public void showProof(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    Proof proof =
        links
            .provable(token)
            .map(form -> new Proof("asking", token, form.name(), form.academy().name()))
            .orElseGet(() -> Proof.of("over"));
    pages.show(ctx, proof.state().equals("over") ? 410 : 200, "site/application_proof", proof);
  }

  /** POST /correspondents/application/:token */
  public void prove(RoutingContext ctx) {
    String name = "";
    String academy = "";
    // The button alone says that all is right.
    if (ctx.request().getHeader(HttpHeaders.CONTENT_TYPE) != null) {
      Form form = Form.of(ctx);
      name = form.line("name", ApplicationForm.MOST_NAME);
      academy = form.line("academy", 10);
      form.check();
    }
    boolean done = links.prove(Params.path(ctx, "token"), name, Academy.of(academy));
    pages.show(ctx, done ? 200 : 410, "site/application_proof", Proof.of(done ? "done" : "over"));
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
