package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.util.Locale;
import org.tocsin.platform.address.EmailAddress;

/**
 * One elected member as the academy lists them.
 *
 * @param year of election
 */
public record RosterEntry(
    Academy academy, String name, EmailAddress address, String section, int year) {

  /**
   * The same for every way to write a name: case, accents, order of first and last, punctuation.
   */
  static String folded(Academy academy, String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]+", " ")
            .strip();
    return "roster.name:"
        + academy
        + ":"
        + String.join(" ", java.util.Arrays.stream(plain.split(" ")).sorted().toList());
  }

  String nameKey() {
    return folded(academy, name);
  }

  /** What a row of a file is known by: the same at every import. */
  String entryKey() {
    return "roster.entry:" + academy + ":" + address.lookupKey();
  }

  String toText() {
    return new JsonObject()
        .put("academy", academy.name())
        .put("name", name)
        .put("address", address.address())
        .put("section", section)
        .put("year", year)
        .encode();
  }

  static RosterEntry fromText(String text) {
    JsonObject json = new JsonObject(text);
    return new RosterEntry(
        Academy.valueOf(json.getString("academy")),
        json.getString("name"),
        EmailAddress.stored(json.getString("address")),
        json.getString("section"),
        json.getInteger("year"));
  }

  @Override
  public String toString() {
    return "RosterEntry[" + academy + "]";
  }
}
