package org.tocsin.channels.webhook;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers of one webhook: the signed three, the content's type, and the partner's own. */
final class WebhookHeaders {
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "user-agent",
          "connection",
          "keep-alive",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "http2-settings");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\xff\\t]{0,1000}");

  private WebhookHeaders() {}

  static Map<String, String> of(
      String id, long timestamp, String signature, Map<String, String> partners) {
    Map<String, String> headers = new LinkedHashMap<>();
    partners.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (mayBeSet(lower) && VALUE.matcher(value).matches()) {
            headers.put(lower, value);
          }
        });
    headers.put("content-type", "application/json");
    headers.put(WebhookSignature.ID_HEADER, id);
    headers.put(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp));
    headers.put(WebhookSignature.SIGNATURE_HEADER, signature);
    return headers;
  }

  private static boolean mayBeSet(String name) {
    return NAME.matcher(name).matches()
        && !OURS.contains(name)
        && !name.startsWith("webhook-")
        && !name.startsWith("proxy-");
  }
}
