package org.tocsin.subscribers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.tocsin.platform.language.Messages;

/** What people may sign up for: the deployment's list, in its order. */
public final class Topics {
  private final List<String> ids;

  public Topics(List<String> ids) {
    this.ids = List.copyOf(ids);
    Map<Integer, String> numbers = new LinkedHashMap<>();
    for (String id : this.ids) {
      String twin = numbers.put(number(id), id);
      if (twin != null) {
        throw new IllegalArgumentException("topics " + twin + " and " + id + " share a number");
      }
    }
  }

  public List<String> ids() {
    return ids;
  }

  public boolean has(String id) {
    return ids.contains(id);
  }

  /** The words for a topic, or its id made readable where the deployment gave it no words. */
  public static String label(String id, Messages words) {
    String key = "site.topic." + id;
    if (words.has(key)) {
      return words.text(key);
    }
    String readable = id.replace('-', ' ');
    return readable.substring(0, 1).toUpperCase(words.locale()) + readable.substring(1);
  }

  public static List<String> labels(Collection<String> topics, Messages words) {
    return topics.stream().map(topic -> label(topic, words)).toList();
  }

  /** In the deployment's order; those it no longer has come last. */
  public List<String> ordered(Collection<String> topics) {
    Set<String> rest = new LinkedHashSet<>(topics);
    List<String> sorted = new ArrayList<>(ids.stream().filter(rest::remove).toList());
    sorted.addAll(rest);
    return sorted;
  }

  /** What a link has room for in place of the id. It must never change: links work for ever. */
  static int number(String id) {
    CRC32 crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
