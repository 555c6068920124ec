package org.tocsin.correspondents;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a member asked for. Nothing of it holds back a STOP.
 *
 * @param refused countries (ISO 3166-1 alpha-2) about which no alert may come
 * @param travelUntil no alert mail before this moment
 */
public record Wishes(Frequency frequency, Set<String> refused, Optional<Instant> travelUntil) {
  /** How often mail comes; what is urgent always comes at once. */
  public enum Frequency {
    IMMEDIATE,
    DAILY
  }

  static final Wishes NONE = new Wishes(Frequency.IMMEDIATE, Set.of(), Optional.empty());

  public Wishes {
    refused = Set.copyOf(new TreeSet<>(refused));
  }

  public boolean travelling(Instant now) {
    return travelUntil.filter(now::isBefore).isPresent();
  }

  /** Padded, so that its length does not tell how many countries there are. */
  static String toText(Set<String> refused) {
    String text = new JsonArray(refused.stream().sorted().toList()).encode();
    return text + " ".repeat(Math.floorMod(-text.length(), 64));
  }

  static Set<String> fromText(String text) {
    return new JsonArray(text.strip()).stream().map(String::valueOf).collect(Collectors.toSet());
  }
}
