package org.tocsin.correspondents;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.platform.crypto.Sealer;

/**
 * Whom a message is for, as a broadcast keeps it:
 *
 * <pre>
 * {"circles": ["correspondent", …], "areas"?: [...], "about"?: sealed country, "daily"?: sealed moment}
 * {"reached": [broadcast ids], "others"?: [members]}        a STOP: whoever those reached or read it, whatever they are now
 * </pre>
 *
 * <p>The country is sealed with a fresh nonce and always as long: all staff read broadcasts, and
 * neither one selection nor two beside each other tell which country they are about. So is the
 * moment up to which those who want mail once a day may wait; where there is none, nobody does.
 */
public final class MemberSelection {
  private static final String PURPOSE = "selection.country";
  private static final String LATEST = "selection.latest";
  private static final String CIRCLES = "circles";
  private static final String AREAS = "areas";
  private static final String ABOUT = "about";
  private static final String DAILY = "daily";

  /** As long in text as any other midnight. */
  private static final Instant NO_END = Instant.parse("9999-12-31T00:00:00Z");

  private final Sealer sealer;

  public MemberSelection(Sealer sealer) {
    this.sealer = sealer;
  }

  sealed interface Selection permits Wanted, Reached {}

  /**
   * Active members of some circles, less those who refused the country.
   *
   * @param waitUntil who wants mail once a day gets it before this moment; empty: at once
   */
  record Wanted(
      Set<Circle> circles,
      List<String> areas,
      Optional<String> country,
      Optional<Instant> waitUntil)
      implements Selection {}

  /** Whoever was reached or may have been. */
  record Reached(org.tocsin.broadcasts.Reached.Whom whom) implements Selection {}

  /** Everybody of these circles. */
  public JsonObject of(Set<Circle> circles) {
    return new JsonObject()
        .put(CIRCLES, new JsonArray(circles.stream().sorted().map(Circle::word).toList()));
  }

  /**
   * @param country ISO 3166-1 alpha-2; whoever refused it is left out
   */
  public JsonObject of(Set<Circle> circles, String country) {
    if (!country.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException("a country is two capital letters");
    }
    return of(circles).put(ABOUT, sealed(PURPOSE, country));
  }

  /** Volunteers of any of these areas. */
  public JsonObject ofVolunteers(List<String> areas) {
    return of(Set.of(Circle.VOLUNTEER)).put(AREAS, new JsonArray(areas));
  }

  /**
   * The same people, of whom those who want mail once a day may wait for their hour.
   *
   * @param actBy the last day on which it is of use, in UTC
   */
  public JsonObject notUrgent(JsonObject selection, Optional<LocalDate> actBy) {
    Instant end =
        actBy.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()).orElse(NO_END);
    return selection.copy().put(DAILY, sealed(LATEST, end.toString()));
  }

  private String sealed(String purpose, String text) {
    return Base64.getEncoder().encodeToString(sealer.seal(purpose, text));
  }

  private Optional<String> opened(JsonObject selection, String key, String purpose) {
    return Optional.ofNullable(selection.getString(key))
        .map(closed -> sealer.open(purpose, Base64.getDecoder().decode(closed)));
  }

  Selection read(JsonObject selection) {
    return org.tocsin.broadcasts.Reached.read(selection)
        .<Selection>map(Reached::new)
        .orElseGet(() -> wanted(selection));
  }

  private Wanted wanted(JsonObject selection) {
    return new Wanted(
        selection.getJsonArray(CIRCLES).stream()
            .map(word -> Circle.of(String.valueOf(word)).orElseThrow())
            .collect(Collectors.toSet()),
        selection.getJsonArray(AREAS, new JsonArray()).stream().map(String::valueOf).toList(),
        opened(selection, ABOUT, PURPOSE),
        opened(selection, DAILY, LATEST).map(Instant::parse));
  }
}
