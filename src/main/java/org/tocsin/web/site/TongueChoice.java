package org.tocsin.web.site;

import java.util.List;
import org.tocsin.platform.language.Languages;

/** One language to choose, by its own name. */
public record TongueChoice(String tag, String name, boolean chosen) {
  static List<TongueChoice> all(Languages languages, String chosen) {
    return languages.tags().stream()
        .map(tag -> new TongueChoice(tag, languages.in(tag).ownName(), tag.equals(chosen)))
        .toList();
  }
}
