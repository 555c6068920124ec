package org.tocsin.alerts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.correspondents.Circle;

/** A draft as JSON: in the API, under the seal, and under the hash, always the same form. */
public final class AlertJson {
  private AlertJson() {}

  public static JsonObject of(AlertDraft draft) {
    AlertText text = draft.text();
    return new JsonObject()
        .put("kind", word(draft.kind()))
        .put("urgency", word(draft.urgency()))
        .put("severity", word(draft.severity()))
        .put("certainty", word(draft.certainty()))
        .put("circles", new JsonArray(draft.circles().stream().map(Circle::word).toList()))
        .put("webhook", draft.webhook())
        .put("act_by", draft.actBy().map(LocalDate::toString).orElse(null))
        .put("ask", text.ask())
        .put("happened", text.happened())
        .put("actions", text.actions())
        .put("dos", text.dos())
        .put("donts", text.donts())
        .put("copies", text.copies())
        .put("background", text.background())
        .put("legal_basis", text.legalBasis())
        .put("report_back", text.reportBack())
        .put("status", text.status())
        .put("targets", new JsonArray(draft.targets().stream().map(AlertJson::of).toList()))
        .put("letters", new JsonArray(draft.letters().stream().map(AlertJson::of).toList()));
  }

  private static JsonObject of(Target target) {
    JsonObject json =
        new JsonObject()
            .put("office", target.office())
            .put("body", target.body())
            .put("address", target.address())
            .put("email", target.email())
            .put("salutation", target.salutation())
            .put("language", target.language());
    // Left out where there is none, so that what was frozen before there was one keeps its hash.
    return target.englishSalutation().isEmpty()
        ? json
        : json.put("english_salutation", target.englishSalutation());
  }

  private static JsonObject of(ModelLetter letter) {
    return new JsonObject()
        .put("language", letter.language())
        .put("subject", letter.subject())
        .put("body", letter.body());
  }

  /** Reads what {@link #of} wrote, or a request that fits its schema; what is absent is empty. */
  public static AlertDraft draft(JsonObject json) {
    return new AlertDraft(
        read(AlertKind.class, json.getString("kind", "action")),
        read(Urgency.class, json.getString("urgency", "unknown")),
        read(Severity.class, json.getString("severity", "unknown")),
        read(Certainty.class, json.getString("certainty", "unknown")),
        json.getJsonArray("circles", new JsonArray()).stream()
            .map(word -> Circle.of(String.valueOf(word)).orElseThrow())
            .collect(Collectors.toSet()),
        json.getBoolean("webhook", false),
        Optional.ofNullable(json.getString("act_by")).map(LocalDate::parse),
        new AlertText(
            json.getString("ask", ""),
            json.getString("happened", ""),
            json.getString("actions", ""),
            json.getString("dos", ""),
            json.getString("donts", ""),
            json.getString("copies", ""),
            json.getString("background", ""),
            json.getString("legal_basis", ""),
            json.getString("report_back", ""),
            json.getString("status", "")),
        list(json.getJsonArray("targets"), AlertJson::target),
        list(json.getJsonArray("letters"), AlertJson::letter));
  }

  private static <T> List<T> list(@Nullable JsonArray array, Function<JsonObject, T> read) {
    return array == null
        ? List.of()
        : array.stream().map(JsonObject.class::cast).map(read).toList();
  }

  private static Target target(JsonObject json) {
    return new Target(
        json.getString("office", ""),
        json.getString("body", ""),
        json.getString("address", ""),
        json.getString("email", ""),
        json.getString("salutation", ""),
        json.getString("language", ""),
        json.getString("english_salutation", ""));
  }

  private static ModelLetter letter(JsonObject json) {
    return new ModelLetter(
        json.getString("language", ""), json.getString("subject", ""), json.getString("body", ""));
  }

  private static <E extends Enum<E>> E read(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
