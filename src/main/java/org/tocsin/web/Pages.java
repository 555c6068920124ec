package org.tocsin.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** Renders templates into answers. */
public final class Pages {
  private static final String WORDS = "words";
  private static final String OWN = "tocsin.language";

  private final Settings settings;
  private final Languages languages;
  private final InstantSource clock;
  private final Supplier<Optional<HoldNotice>> hold;
  private final Assets assets = new Assets();
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.tocsin.pages");

  /**
   * @param hold asked for each page of somebody who works here
   */
  public Pages(
      Settings settings,
      Languages languages,
      InstantSource clock,
      Supplier<Optional<HoldNotice>> hold) {
    this.settings = settings;
    this.languages = languages;
    this.clock = clock;
    this.hold = hold;
  }

  public void show(RoutingContext ctx, String template, Object model) {
    show(ctx, 200, template, model);
  }

  public void show(RoutingContext ctx, int status, String template, Object model) {
    show(ctx, status, template, model, language(ctx));
  }

  /** In a language that the page knows better than the browser, e.g. a subscriber's own. */
  public void show(
      RoutingContext ctx, int status, String template, Object model, Messages messages) {
    ctx.response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Language", messages.tag())
        .putHeader("Vary", "Accept-Language")
        .end(render(ctx, template, model, messages));
  }

  private String render(RoutingContext ctx, String template, Object model, Messages messages) {
    View view =
        new View(
            settings,
            messages,
            ctx.request().path() == null ? "" : ctx.request().path(),
            Guard.session(ctx),
            Guard.session(ctx).flatMap(anybody -> hold.get()),
            clock.instant(),
            assets);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("view", view);
    parameters.put("model", model);
    StringOutput output = new StringOutput(16_384);
    templates.render(template + ".jte", parameters, output);
    return output.toString();
  }

  /**
   * The visitor's choice ({@code ?lang=}), else what {@link #speak} was told, else what the browser
   * asks for.
   */
  public Messages language(RoutingContext ctx) {
    @Nullable String own = ctx.get(OWN);
    return Stream.concat(ctx.queryParam("lang").stream().limit(1), Stream.ofNullable(own))
        .filter(languages::speaks)
        .findFirst()
        .map(languages::in)
        .orElseGet(
            () ->
                languages.in(
                    languages.negotiate(
                        Optional.ofNullable(ctx.request().getHeader("Accept-Language")))));
  }

  /** From here on in the language of somebody who is known, where we speak it. */
  public void speak(RoutingContext ctx, String tag) {
    ctx.put(OWN, tag);
    ctx.put(WORDS, language(ctx));
  }

  /** For whatever reads the request later and knows no bundles. */
  void note(RoutingContext ctx) {
    ctx.put(WORDS, language(ctx));
    ctx.next();
  }

  /** The words of a visitor's language. */
  static Messages words(RoutingContext ctx) {
    return Objects.requireNonNull(ctx.get(WORDS), "the visitor's language was not noted");
  }

  /** The words of a language that a person chose. */
  public Messages in(String tag) {
    return languages.in(tag);
  }

  /** See other (RFC 9110, 15.4.4): after a POST, so that a reload does not post again. */
  public static void redirect(RoutingContext ctx, String location) {
    ctx.response().setStatusCode(303).putHeader("Location", location).end();
  }

  Assets assets() {
    return assets;
  }
}
