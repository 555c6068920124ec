package org.tocsin.channels.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL taken apart and spelled in one way, so that what is tested is what is called.
 *
 * @param target path and query, at least "/"
 */
record WebhookUrl(
    boolean tls, String host, Optional<InetAddress> literal, int port, String target) {
  static final int LONGEST = 2_000;
  private static final Pattern SHAPE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Z}\\\\]");

  static WebhookUrl parse(String given) throws RefusedUrl {
    String text = given.strip();
    if (text.length() > LONGEST) {
      throw new RefusedUrl(Refusal.TOO_LONG);
    }
    Matcher shape = SHAPE.matcher(text);
    if (UNSAFE.matcher(text).find() || !shape.matches()) {
      throw new RefusedUrl(Refusal.MALFORMED);
    }
    boolean tls = shape.group(1).equalsIgnoreCase("https");
    if (!tls && !shape.group(1).equalsIgnoreCase("http")) {
      throw new RefusedUrl(Refusal.SCHEME);
    }
    if (shape.group(2).contains("@")) {
      throw new RefusedUrl(Refusal.USER_INFORMATION);
    }
    if (shape.group(4) != null) {
      throw new RefusedUrl(Refusal.FRAGMENT);
    }
    Matcher authority = AUTHORITY.matcher(shape.group(2));
    if (!authority.matches()) {
      throw new RefusedUrl(shape.group(2).isEmpty() ? Refusal.MALFORMED : Refusal.HOST);
    }
    HostName host = HostName.of(authority.group(1));
    return new WebhookUrl(
        tls, host.name(), host.literal(), port(tls, authority.group(2)), target(shape.group(3)));
  }

  private static int port(boolean tls, @Nullable String digits) throws RefusedUrl {
    int port = digits == null ? usualPort(tls) : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new RefusedUrl(Refusal.MALFORMED);
    }
    return port;
  }

  private static int usualPort(boolean tls) {
    return tls ? 443 : 80;
  }

  /** Checked for syntax; letters beyond ASCII are percent-encoded. */
  private static String target(String text) throws RefusedUrl {
    try {
      String rooted = text.startsWith("/") ? text : "/" + text;
      return new URI("https://host" + rooted).toASCIIString().substring("https://host".length());
    } catch (URISyntaxException malformed) {
      throw new RefusedUrl(Refusal.MALFORMED);
    }
  }

  URI uri() {
    return uri(tls, host, port, target);
  }

  static URI uri(boolean tls, String host, int port, String target) {
    String usualPort = port == usualPort(tls) ? "" : ":" + port;
    return URI.create((tls ? "https://" : "http://") + host + usualPort + target);
  }

  @Override
  public String toString() {
    return "WebhookUrl[" + host + ":" + port + "]";
  }
}
