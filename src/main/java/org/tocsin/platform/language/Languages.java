package org.tocsin.platform.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The languages this deployment speaks: those whose site bundle is on the class path. */
public final class Languages {
  public static final String DEFAULT = "en";

  /** Each has a bundle of its own. */
  public static final List<String> AREAS =
      List.of(
          "site",
          "desk",
          "mail",
          "cases",
          "members",
          "officials",
          "filings",
          "developments",
          "alerts",
          "calls");

  private final Map<String, Messages> byTag;

  private Languages(Map<String, Messages> byTag) {
    this.byTag = byTag;
  }

  /** Found once: that takes a look into every jar for each of a thousand tags. */
  private static final class Found {
    static final Languages ALL = find();
  }

  /** What is on the class path, which stays as it is while the hub runs. */
  public static Languages load() {
    return Found.ALL;
  }

  /** Finds the bundles by asking for every tag that Java knows; a second language needs no list. */
  private static Languages find() {
    Map<String, String> english = texts(DEFAULT);
    Map<String, Messages> found = new LinkedHashMap<>();
    found.put(DEFAULT, new Messages(Locale.forLanguageTag(DEFAULT), english, english));
    for (String tag : new TreeMap<String, Locale>(knownTags()).keySet()) {
      if (!tag.equals(DEFAULT)
          && Languages.class.getResource("/messages/site_" + tag + ".properties") != null) {
        found.put(tag, new Messages(Locale.forLanguageTag(tag), texts(tag), english));
      }
    }
    return new Languages(found);
  }

  private static Map<String, Locale> knownTags() {
    Map<String, Locale> tags = new LinkedHashMap<>();
    for (Locale locale : Locale.getAvailableLocales()) {
      if (!locale.toLanguageTag().equals("und")) {
        tags.put(locale.toLanguageTag(), locale);
      }
    }
    return tags;
  }

  private static Map<String, String> texts(String tag) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String area : AREAS) {
      if (Languages.class.getResource("/messages/" + area + "_" + tag + ".properties") != null) {
        ResourceBundle bundle =
            ResourceBundle.getBundle(
                "messages." + area,
                Locale.forLanguageTag(tag),
                ResourceBundle.Control.getNoFallbackControl(
                    ResourceBundle.Control.FORMAT_PROPERTIES));
        bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
      }
    }
    return texts;
  }

  public List<String> tags() {
    return List.copyOf(byTag.keySet());
  }

  public boolean speaks(String tag) {
    return byTag.containsKey(tag);
  }

  /** The messages of a language, or English. */
  public Messages in(String tag) {
    Messages messages = byTag.get(tag);
    if (messages == null) {
      messages = byTag.get(DEFAULT);
    }
    if (messages == null) {
      throw new IllegalStateException("the English bundle is missing");
    }
    return messages;
  }

  /** The best of our languages for an Accept-Language header (RFC 9110, 12.5.4). */
  public String negotiate(Optional<String> acceptLanguage) {
    try {
      return acceptLanguage
          .map(header -> Locale.LanguageRange.parse(header))
          .map(ranges -> Locale.lookupTag(ranges, byTag.keySet()))
          .orElse(DEFAULT);
    } catch (IllegalArgumentException malformed) {
      return DEFAULT;
    }
  }
}
