package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Draft;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.NewsletterId;
import org.tocsin.publications.Newsletters;
import org.tocsin.publications.Released;

/** Newsletters for machines: draft, review by a second person, release. */
public final class NewsletterApi {
  private static final String KIND = "newsletter";

  private final Newsletters newsletters;
  private final Languages languages;
  private final Ids ids;

  public NewsletterApi(Newsletters newsletters, Languages languages, Ids ids) {
    this.newsletters = newsletters;
    this.languages = languages;
    this.ids = ids;
  }

  public ApiAnswer create(ApiCall call) {
    return ApiAnswer.created(json(newsletters.create(draft(call), call.staff().id(), words())));
  }

  public ApiAnswer list(ApiCall call) {
    String before =
        ids.readCursor(KIND, call.query("after")).map(pair -> Month.text(pair.first())).orElse("");
    List<Newsletter> page = newsletters.list(before, call.limit());
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor(KIND, Month.number(page.getLast().draft().month())));
    return ApiAnswer.page(page.stream().map(this::json).toList(), next);
  }

  /** A month as a cursor carries it: 202606. */
  private static final class Month {
    static long number(String month) {
      return Long.parseLong(month.replace("-", ""));
    }

    static String text(long number) {
      return String.format(Locale.ROOT, "%04d-%02d", number / 100, number % 100);
    }
  }

  public ApiAnswer get(ApiCall call) {
    return ApiAnswer.ok(json(newsletters.get(id(call))));
  }

  /** Without a version the edit is based on the issue as it stands. */
  public ApiAnswer update(ApiCall call) {
    NewsletterId id = id(call);
    Integer version = call.body().getInteger("version");
    int based = version == null ? newsletters.get(id).version() : version;
    return ApiAnswer.ok(json(newsletters.edit(id, based, draft(call), call.staff().id(), words())));
  }

  public ApiAnswer submit(ApiCall call) {
    return ApiAnswer.ok(json(newsletters.submit(id(call), call.staff().id())));
  }

  public ApiAnswer approve(ApiCall call) {
    return ApiAnswer.ok(json(newsletters.approve(id(call), call.staff().id(), call.contentHash())));
  }

  public ApiAnswer reject(ApiCall call) {
    return ApiAnswer.ok(
        json(
            newsletters.reject(
                id(call), call.staff().id(), call.body().getString("reason", ""), words())));
  }

  public ApiAnswer release(ApiCall call) {
    Released released = newsletters.release(id(call), call.staff().id(), notBefore(call));
    String email = ids.show(BroadcastApi.KIND, released.email().value());
    return ApiAnswer.ok(
        new JsonObject()
            .put("broadcast", email)
            .put(
                "broadcasts",
                new JsonObject()
                    .put("email", email)
                    .put("webhook", ids.show(BroadcastApi.KIND, released.webhook().value()))));
  }

  static Optional<Instant> notBefore(ApiCall call) {
    try {
      return Optional.ofNullable(call.body().getString("not_before"))
          .map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException malformed) {
      throw new Invalid("not_before", "Use an RFC 3339 time, e.g. 2026-06-15T09:00:00Z");
    }
  }

  private static Draft draft(ApiCall call) {
    JsonObject body = call.body();
    return new Draft(
        body.getString("month"),
        body.getString("subject"),
        body.getString("preheader", ""),
        body.getString("body_markdown"),
        body.getJsonArray("topics").stream().map(String::valueOf).toList());
  }

  private NewsletterId id(ApiCall call) {
    return new NewsletterId(ids.read(KIND, call.path("id")));
  }

  private Messages words() {
    return languages.in(Languages.DEFAULT);
  }

  private JsonObject json(Newsletter newsletter) {
    Draft draft = newsletter.draft();
    return new JsonObject()
        .put("id", ids.show(KIND, newsletter.id().value()))
        .put("month", draft.month())
        .put("subject", draft.subject())
        .put("preheader", draft.preheader())
        .put("body_markdown", draft.markdown())
        .put("topics", new JsonArray(draft.topics()))
        .put("state", newsletter.state().name().toLowerCase(Locale.ROOT))
        .put("version", newsletter.version())
        .put("content_hash", newsletter.hash().hex())
        .put("visible_at", BroadcastApi.time(newsletter.visibleAt()));
  }
}
