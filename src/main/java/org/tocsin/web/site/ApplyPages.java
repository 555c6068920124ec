package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.access.WishTally;
import org.tocsin.correspondents.Academy;
import org.tocsin.correspondents.ApplicationForm;
import org.tocsin.correspondents.Applications;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.FormTrap;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Become a correspondent: the form, what is wrong with it, and one answer whoever applies. */
public final class ApplyPages {
  private static final int LONGEST_EMAIL = 1_000;

  private final Applications applications;
  private final Languages languages;
  private final Trapped trap;
  private final Pages pages;

  public ApplyPages(
      Applications applications, Languages languages, FormTrap trap, WishTally tally, Pages pages) {
    this.applications = applications;
    this.trap = new Trapped(trap, tally);
    this.languages = languages;
    this.pages = pages;
  }

  /**
   * The form as it is shown.
   *
   * @param shown when, for {@link FormTrap}
   */
  public record Model(
      String name, String email, String academy, String shown, FormProblems problems) {
    public List<Academy> academies() {
      return List.of(Academy.values());
    }
  }

  /** GET /correspondents/apply */
  public void show(RoutingContext ctx) {
    pages.show(ctx, "site/apply", new Model("", "", "", trap.shown(), FormProblems.NONE));
  }

  /** POST /correspondents/apply */
  public void apply(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    String name = form.line("name", ApplicationForm.MOST_NAME);
    String email = form.line("email", LONGEST_EMAIL);
    String academy = form.line("academy", 10);
    try {
      form.check();
      ApplicationForm wish =
          ApplicationForm.of(name, email, academy, words.tag(), languages, words);
      if (!trap.drops(form, words)) {
        applications.apply(wish, SourceNetwork.of(Visitor.source(ctx)));
      }
      pages.show(ctx, "site/apply_done", "");
    } catch (Invalid invalid) {
      pages.show(
          ctx,
          422,
          "site/apply",
          new Model(name, email, academy, trap.again(form), new FormProblems(invalid.fields())));
    }
  }
}
