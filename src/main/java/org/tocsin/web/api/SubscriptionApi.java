package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.access.Asker;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.Person;
import org.tocsin.subscribers.SignUp;
import org.tocsin.subscribers.SignUps;
import org.tocsin.subscribers.Subscribers;
import org.tocsin.subscribers.Subscription;
import org.tocsin.subscribers.Topics;

/** Sign-up for machines. The answer is the same whatever the address is. */
public final class SubscriptionApi {
  private static final List<String> USUAL = List.of("newsletter");

  private static final String KIND = "subscriber";

  private final SignUps signUps;
  private final Subscribers subscribers;
  private final Ids ids;
  private final Topics topics;
  private final Languages languages;

  public SubscriptionApi(
      SignUps signUps, Subscribers subscribers, Topics topics, Languages languages, Ids ids) {
    this.subscribers = subscribers;
    this.ids = ids;
    this.signUps = signUps;
    this.topics = topics;
    this.languages = languages;
  }

  /** Without topics it is the newsletter; without a language, what the client's header asks for. */
  public ApiAnswer create(ApiCall call) {
    JsonObject body = call.body();
    String language =
        body.getString("language", languages.negotiate(call.header("Accept-Language")));
    Messages words = languages.in(Languages.DEFAULT);
    JsonArray wanted = body.getJsonArray("topics", new JsonArray());
    SignUp wish =
        SignUp.of(
            body.getString("email"),
            wanted.isEmpty() ? USUAL : wanted.stream().map(String::valueOf).toList(),
            language,
            topics,
            languages,
            words);
    signUps.request(wish, Asker.stranger(SourceNetwork.of(call.source())));
    return ApiAnswer.accepted(
        new JsonObject().put("message", words.text("site.subscribe.success")));
  }

  /** Who is signed up; no address and no name is told. */
  public ApiAnswer list(ApiCall call) {
    long before =
        ids.readCursor(KIND, call.query("after")).map(OpaqueIds.Pair::first).orElse(Long.MAX_VALUE);
    List<Person> page = subscribers.page(before, "", "", call.limit());
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor(KIND, page.getLast().id().value()));
    return ApiAnswer.page(page.stream().map(this::json).toList(), next);
  }

  private JsonObject json(Person person) {
    return new JsonObject()
        .put("id", ids.show(KIND, person.id().value()))
        .put("state", person.state().name().toLowerCase(Locale.ROOT))
        .put("language", person.language())
        .put("topics", new JsonArray(person.topics(Subscription.State.ACTIVE)))
        .put("created_at", person.createdAt().toString());
  }
}
