package org.tocsin.correspondents;

import java.util.Collection;
import java.util.List;
import org.tocsin.platform.language.Messages;

/** What volunteers may offer, and calls may ask for: the deployment's list, in its order. */
public final class Areas {
  private final List<String> ids;

  public Areas(List<String> ids) {
    this.ids = List.copyOf(ids);
  }

  public List<String> ids() {
    return ids;
  }

  public boolean has(String id) {
    return ids.contains(id);
  }

  /** Those of them that the deployment has, each once, in its order. */
  public List<String> known(Collection<String> chosen) {
    return ids.stream().filter(chosen::contains).toList();
  }

  /** The words for an area, or its id made readable where the deployment gave it no words. */
  public static String label(String id, Messages words) {
    String key = "members.area." + id;
    if (words.has(key)) {
      return words.text(key);
    }
    String readable = id.replace('-', ' ');
    return readable.substring(0, 1).toUpperCase(words.locale()) + readable.substring(1);
  }

  public static List<String> labels(Collection<String> areas, Messages words) {
    return areas.stream().map(area -> label(area, words)).toList();
  }
}
