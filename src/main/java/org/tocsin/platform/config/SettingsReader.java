package org.tocsin.platform.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads typed values by key, environment before file, and collects every problem on the way. */
final class SettingsReader {
  private final Map<String, Object> file;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final TreeSet<String> known = new TreeSet<>();

  SettingsReader(Map<?, ?> file, Map<String, String> environment) {
    this.file = flatten("", file, new LinkedHashMap<>());
    this.environment = environment;
  }

  Optional<String> optional(String key) {
    known.add(key);
    String fromEnvironment = environment.get(variable(key));
    if (fromEnvironment != null) {
      return fromEnvironment.isBlank() ? Optional.empty() : Optional.of(fromEnvironment.strip());
    }
    Object value = file.get(key);
    if (value instanceof List<?>) {
      problem(key, "takes a single value, not a list");
      return Optional.empty();
    }
    return value == null || value.toString().isBlank()
        ? Optional.empty()
        : Optional.of(value.toString().strip());
  }

  String string(String key, String otherwise) {
    return optional(key).orElse(otherwise);
  }

  String required(String key, String hint) {
    return optional(key)
        .orElseGet(
            () -> {
              problem(key, "is missing: " + hint);
              return "";
            });
  }

  int number(String key, int otherwise, int least, int most) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // told below, with the bounds
    }
    problem(
        key, "must be a whole number from " + least + " to " + most + ", not '" + text.get() + "'");
    return otherwise;
  }

  int port(String key, int otherwise) {
    return number(key, otherwise, 0, 65_535);
  }

  boolean flag(String key, boolean otherwise) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> {
        problem(key, "must be true or false, not '" + text.get() + "'");
        yield otherwise;
      }
    };
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E candidate : type.getEnumConstants()) {
      if (candidate.name().equalsIgnoreCase(text.get())) {
        return candidate;
      }
    }
    String names =
        String.join(
            ", ",
            Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .toList());
    problem(key, "must be one of " + names + ", not '" + text.get() + "'");
    return otherwise;
  }

  URI url(String key, String otherwise, String... schemes) {
    return optionalUrl(key, schemes).orElse(URI.create(otherwise));
  }

  Optional<URI> optionalUrl(String key, String... schemes) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.get());
      if (uri.getScheme() != null
          && uri.getHost() != null
          && List.of(schemes).contains(uri.getScheme())) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException malformed) {
      // told below, without the value: it may hold a password
    }
    problem(key, "must be a URL that starts with " + String.join(":// or ", schemes) + "://");
    return Optional.empty();
  }

  Path path(String key, String otherwise) {
    try {
      return Path.of(string(key, otherwise)).toAbsolutePath().normalize();
    } catch (InvalidPathException unusable) {
      problem(key, "is no path: " + unusable.getReason());
      return Path.of(otherwise);
    }
  }

  List<String> list(String key, List<String> otherwise) {
    known.add(key);
    String fromEnvironment = environment.get(variable(key));
    if (fromEnvironment != null) {
      return Arrays.stream(fromEnvironment.split(","))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    }
    Object value = file.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof List<?> items) {
      return items.stream().map(String::valueOf).toList();
    }
    problem(key, "must be a list");
    return otherwise;
  }

  void problem(String key, String what) {
    problems.add(key + " " + what + " (environment: " + variable(key) + ")");
  }

  /**
   * Ends the reading: unknown keys are problems too, since a misspelt key silently keeps its
   * default.
   */
  void check() {
    for (String key : file.keySet()) {
      if (!known.contains(key)) {
        problems.add(key + unknown(key));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  private String unknown(String key) {
    if (known.stream().anyMatch(k -> k.startsWith(key + "."))) {
      return " is a group of keys and takes no value of its own";
    }
    return known.stream()
        .filter(k -> k.endsWith("." + key.substring(key.lastIndexOf('.') + 1)))
        .findFirst()
        .map(k -> " is not a known key; did you mean " + k + "?")
        .orElse(" is not a known key");
  }

  static String variable(String key) {
    return "TOCSIN_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static Map<String, Object> flatten(
      String prefix, Map<?, ?> tree, Map<String, Object> into) {
    tree.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof Map<?, ?> branch) {
            flatten(key + ".", branch, into);
          } else {
            put(into, key, value);
          }
        });
    return into;
  }

  private static void put(Map<String, Object> into, String key, @Nullable Object value) {
    if (value != null) {
      into.put(key, value);
    }
  }
}
