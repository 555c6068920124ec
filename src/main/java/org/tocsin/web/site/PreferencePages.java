package org.tocsin.web.site;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.access.Door;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.AddressChanges;
import org.tocsin.subscribers.Person;
import org.tocsin.subscribers.Preferences;
import org.tocsin.subscribers.SubscriberState;
import org.tocsin.subscribers.Subscription;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** A subscriber's own page: topics, language, pause, address, own data, erasure. */
public final class PreferencePages {
  private static final int LONGEST_EMAIL = 1_000;

  private final Preferences preferences;
  private final AddressChanges changes;
  private final Languages languages;
  private final DoorCookies browsers;
  private final Pages pages;

  public PreferencePages(
      Preferences preferences,
      AddressChanges changes,
      Languages languages,
      DoorCookies browsers,
      Pages pages) {
    this.browsers = browsers;
    this.preferences = preferences;
    this.changes = changes;
    this.languages = languages;
    this.pages = pages;
  }

  /**
   * @param done the key of what was just done, empty for nothing
   * @param waiting until when a change of address waits for its proofs
   */
  public record Model(
      String token,
      Person person,
      List<String> offered,
      List<String> chosen,
      List<TongueChoice> languages,
      Optional<Instant> waiting,
      boolean blocked,
      String done,
      FormProblems problems) {}

  public void show(RoutingContext ctx) {
    answer(ctx, preferences.open(token(ctx)), "", FormProblems.NONE);
  }

  public void choose(RoutingContext ctx) {
    Form form = Form.of(ctx);
    List<String> chosen = form.choices("topics");
    String language = form.line("language", 20);
    form.check();
    change(ctx, "chosen", token -> preferences.choose(token, chosen, language));
  }

  public void pause(RoutingContext ctx) {
    move(ctx, "paused", SubscriberState.PAUSED, preferences::pause);
  }

  public void resume(RoutingContext ctx) {
    move(ctx, "resumed", SubscriberState.ACTIVE, preferences::resume);
  }

  public void leaveAll(RoutingContext ctx) {
    change(ctx, "left", preferences::leaveAll);
  }

  /** Says that it is done only where it is: an old page may ask for what is no longer possible. */
  private void move(
      RoutingContext ctx,
      String done,
      SubscriberState wanted,
      Function<String, Optional<Person>> verb) {
    Optional<Person> person = marked(ctx, verb.apply(token(ctx)));
    String said = person.filter(now -> now.state() == wanted).map(now -> done).orElse("");
    answer(ctx, person, said, FormProblems.NONE);
  }

  private void change(RoutingContext ctx, String done, Function<String, Optional<Person>> verb) {
    answer(ctx, marked(ctx, verb.apply(token(ctx))), done, FormProblems.NONE);
  }

  /** Whoever chose something by the link reads that mailbox. */
  private Optional<Person> marked(RoutingContext ctx, Optional<Person> person) {
    person.ifPresent(known -> browsers.mark(ctx, Door.SUBSCRIBER, known.id().value()));
    return person;
  }

  public void changeAddress(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String typed = form.line("email", LONGEST_EMAIL);
    Optional<Person> person = preferences.open(token(ctx));
    Messages words = words(ctx, person);
    Optional<EmailAddress> address = EmailAddress.parse(typed);
    if (address.isEmpty()) {
      answer(ctx, person, "", FormProblems.of("email", words.text(EmailAddress.problem(typed))));
      return;
    }
    Optional<Boolean> asked = changes.ask(token(ctx), address.get());
    if (asked.isPresent() && !asked.get()) {
      answer(
          ctx, person, "", FormProblems.of("email", words.text("site.preferences.same_address")));
    } else {
      answer(ctx, asked.flatMap(yes -> person), "address_asked", FormProblems.NONE);
    }
  }

  /** Everything we hold about the person, as JSON. */
  public void download(RoutingContext ctx) {
    Optional<JsonObject> data = preferences.download(token(ctx));
    if (data.isEmpty()) {
      answer(ctx, Optional.empty(), "", FormProblems.NONE);
      return;
    }
    ctx.response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Content-Disposition", "attachment; filename=\"my-data.json\"")
        .end(data.get().encodePrettily());
  }

  public void erase(RoutingContext ctx) {
    Form form = Form.of(ctx);
    Optional<Person> person = preferences.open(token(ctx));
    Messages words = words(ctx, person);
    if (!form.checked("sure")) {
      answer(
          ctx, person, "", FormProblems.of("sure", words.text("site.preferences.erase.not_sure")));
      return;
    }
    if (preferences.erase(token(ctx))) {
      pages.show(ctx, 200, "site/erased", "", words);
    } else {
      answer(ctx, Optional.empty(), "", FormProblems.NONE);
    }
  }

  private Messages words(RoutingContext ctx, Optional<Person> person) {
    return person.map(known -> pages.in(known.language())).orElseGet(() -> pages.language(ctx));
  }

  private void answer(
      RoutingContext ctx, Optional<Person> found, String done, FormProblems problems) {
    if (found.isEmpty()) {
      pages.show(ctx, 410, "site/preferences_expired", FormProblems.NONE);
      return;
    }
    Person person = found.get();
    pages.show(
        ctx,
        problems.fields().isEmpty() ? 200 : 422,
        "site/preferences",
        new Model(
            token(ctx),
            person,
            preferences.offered(person),
            person.topics(Subscription.State.ACTIVE),
            TongueChoice.all(languages, person.language()),
            changes.waitingUntil(person),
            preferences.blocked(person),
            done,
            problems),
        pages.in(person.language()));
  }

  private static String token(RoutingContext ctx) {
    return Params.path(ctx, "token");
  }
}
