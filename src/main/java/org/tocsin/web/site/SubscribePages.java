package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.SignUp;
import org.tocsin.subscribers.SignUps;
import org.tocsin.subscribers.Topics;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Stay connected: the form, what is wrong with it, and "Success!", whatever the address is. */
public final class SubscribePages {
  private static final int LONGEST_EMAIL = 1_000;
  private static final List<String> USUAL = List.of("newsletter");

  private final SignUps signUps;
  private final Topics topics;
  private final Languages languages;
  private final Pages pages;

  public SubscribePages(SignUps signUps, Topics topics, Languages languages, Pages pages) {
    this.signUps = signUps;
    this.topics = topics;
    this.languages = languages;
    this.pages = pages;
  }

  /**
   * The form as it is shown.
   *
   * @param offered topic ids
   * @param languages of this deployment, by tag
   */
  public record Model(
      String email,
      List<String> offered,
      List<String> chosen,
      List<TongueChoice> languages,
      FormProblems problems) {}

  public void show(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    pages.show(ctx, "site/subscribe", model("", USUAL, words.tag(), FormProblems.NONE));
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
      signUps.request(wish, SourceNetwork.of(Visitor.source(ctx)));
      pages.show(ctx, "site/subscribe_success", wish.language());
    } catch (Invalid invalid) {
      pages.show(
          ctx,
          422,
          "site/subscribe",
          model(email, chosen, language, new FormProblems(invalid.fields())));
    }
  }

  private Model model(String email, List<String> chosen, String language, FormProblems problems) {
    return new Model(email, topics.ids(), chosen, TongueChoice.all(languages, language), problems);
  }
}
