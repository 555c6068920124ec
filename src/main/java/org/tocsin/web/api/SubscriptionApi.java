package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.SignUp;
import org.tocsin.subscribers.SignUps;
import org.tocsin.subscribers.SourceNetwork;
import org.tocsin.subscribers.Topics;

/** Sign-up for machines. The answer is the same whatever the address is. */
public final class SubscriptionApi {
  private static final List<String> USUAL = List.of("newsletter");

  private final SignUps signUps;
  private final Topics topics;
  private final Languages languages;

  public SubscriptionApi(SignUps signUps, Topics topics, Languages languages) {
    this.signUps = signUps;
    this.topics = topics;
    this.languages = languages;
  }

  /** Without topics it is the newsletter; without a language, what the client's header asks for. */
  public ApiAnswer create(ApiCall call) {
    JsonObject body = call.body();
    String language = body.getString("language", languages.negotiate(call.header("Accept-Language")));
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
    signUps.request(wish, SourceNetwork.of(call.source()));
    return ApiAnswer.accepted(new JsonObject().put("message", words.text("site.subscribe.success")));
  }
}
