package org.tocsin.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.platform.address.IpAddress;

/**
 * Who asked whom, as proxies wrote it down, in the order in which it was written: all lines of a
 * header are one list. A hop that is no address (unknown, obfuscated, malformed) is empty, and
 * keeps its place: nobody moves up into it.
 */
final class Hops {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private Hops() {}

  /** X-Forwarded-For: addresses, now and then with a port. */
  static List<Optional<InetAddress>> ofForwardedFor(List<String> lines) {
    List<Optional<InetAddress>> hops = new ArrayList<>();
    for (String line : lines) {
      for (String one : line.split(",", -1)) {
        hops.add(node(unquoted(one.strip()).orElse("")));
      }
    }
    return hops;
  }

  /** Forwarded (RFC 7239, 4): of each element the parameter {@code for}. */
  static List<Optional<InetAddress>> ofForwarded(List<String> lines) {
    List<Optional<InetAddress>> hops = new ArrayList<>();
    for (String line : lines) {
      for (String element : split(line, ',')) {
        hops.add(element(element));
      }
    }
    return hops;
  }

  /**
   * One pair that is none spoils its element: a quote which a client left open takes in what the
   * proxy wrote after it, and would otherwise make a name of it.
   */
  private static Optional<InetAddress> element(String element) {
    List<String> nodes = new ArrayList<>();
    for (String pair : split(element, ';')) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      Optional<String> value =
          equals < 0 ? Optional.empty() : unquoted(pair.substring(equals + 1).strip());
      if (!TOKEN.matcher(name).matches() || value.isEmpty()) {
        return Optional.empty();
      }
      if (name.equals("for")) {
        nodes.add(value.get());
      }
    }
    return nodes.size() == 1 ? node(nodes.getFirst()) : Optional.empty();
  }

  /** At the separators outside of quotes; after a quote that never ends there is none. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (quoted && sign == '\\') {
        at++;
      } else if (sign == '"') {
        quoted = !quoted;
      } else if (sign == separator && !quoted) {
        parts.add(text.substring(from, at));
        from = at + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /**
   * A token as it is, a quoted string (RFC 9110, 5.6.4) without its quotes; empty if it is none.
   */
  private static Optional<String> unquoted(String value) {
    if (value.indexOf('"') < 0) {
      return Optional.of(value);
    }
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    for (int at = 1; at < value.length() - 1; at++) {
      char sign = value.charAt(at);
      if (sign == '"') {
        return Optional.empty();
      }
      if (sign == '\\' && ++at == value.length() - 1) {
        return Optional.empty();
      }
      plain.append(value.charAt(at));
    }
    return Optional.of(plain.toString());
  }

  /** RFC 7239, 6: an address and perhaps a port; IPv6 with a port is in brackets. */
  private static Optional<InetAddress> node(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end > 0 && isPort(node.substring(end + 1)) && node.substring(0, end).contains(":")
          ? IpAddress.parse(node.substring(1, end))
          : Optional.empty();
    }
    int colon = node.indexOf(':');
    boolean port = colon >= 0 && colon == node.lastIndexOf(':') && isPort(node.substring(colon));
    return IpAddress.parse(port ? node.substring(0, colon) : node);
  }

  private static boolean isPort(String rest) {
    return rest.isEmpty() || rest.matches(":([0-9]{1,5}|_[A-Za-z0-9._-]+)");
  }
}
