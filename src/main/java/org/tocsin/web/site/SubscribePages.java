package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.access.WishTally;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.SignUp;
import org.tocsin.subscribers.SignUps;
import org.tocsin.subscribers.Topics;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.FormTrap;
import org.tocsin.web.Pages;

/** Stay connected: the form, what is wrong with it, and "Success!", whatever the address is. */
public final class SubscribePages {
  private static final int LONGEST_EMAIL = 1_000;
  private static final List<String> USUAL = List.of("newsletter");

  private final SignUps signUps;
  private final Topics topics;
  private final Languages languages;
  private final Trapped trap;
  private final DoorCookies browsers;
  private final Pages pages;

  public SubscribePages(
      SignUps signUps,
      Topics topics,
      Languages languages,
      FormTrap trap,
      WishTally tally,
      DoorCookies browsers,
      Pages pages) {
    this.signUps = signUps;
    this.trap = new Trapped(trap, tally);
    this.browsers = browsers;
    this.topics = topics;
    this.languages = languages;
    this.pages = pages;
  }

  /**
   * The form as it is shown.
   *
   * @param offered topic ids
   * @param languages of this deployment, by tag
   * @param shown when, for {@link FormTrap}
   */
  public record Model(
      String email,
      List<String> offered,
      List<String> chosen,
      List<TongueChoice> languages,
      String shown,
      FormProblems problems) {}

  public void show(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    pages.show(
        ctx, "site/subscribe", model("", USUAL, words.tag(), trap.shown(), FormProblems.NONE));
  }

  public void subscribe(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    Form form = Form.of(ctx);
    String email = form.line("email", LONGEST_EMAIL);
    List<String> chosen = form.choices("topics");
    String language = form.line("language", 20);
    try {
      form.check();
      SignUp wish =
          SignUp.of(
              email, chosen, language.isEmpty() ? words.tag() : language, topics, languages, words);
      if (!trap.drops(form, words)) {
        signUps.request(wish, browsers.asker(ctx));
      }
      // The same whatever the address is, and whoever filled the form.
      pages.show(ctx, "site/subscribe_success", wish.language());
    } catch (Invalid invalid) {
      pages.show(
          ctx,
          422,
          "site/subscribe",
          model(email, chosen, language, trap.again(form), new FormProblems(invalid.fields())));
    }
  }

  private Model model(
      String email, List<String> chosen, String language, String shown, FormProblems problems) {
    return new Model(
        email, topics.ids(), chosen, TongueChoice.all(languages, language), shown, problems);
  }
}
