package org.tocsin.channels.webhook;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The operator's exceptions to "https on 443", from {@code webhooks.allowed_hosts}: {@code
 * hooks.example.org:8443} allows https on that port, {@code http://hooks.example.org:8080} http.
 * They never open a blocked address.
 */
record AllowedHosts(Set<Entry> entries) {
  record Entry(boolean tls, String host, int port) {}

  static AllowedHosts of(List<String> texts) {
    Set<Entry> entries = new HashSet<>();
    for (String text : texts) {
      try {
        WebhookUrl url = WebhookUrl.parse(text.contains("://") ? text : "https://" + text);
        if (!url.target().equals("/")) {
          throw new RefusedUrl(Refusal.MALFORMED);
        }
        entries.add(entry(url));
      } catch (RefusedUrl malformed) {
        throw new IllegalArgumentException(
            "webhooks.allowed_hosts takes host:port or http://host:port, not '" + text + "'",
            malformed);
      }
    }
    return new AllowedHosts(entries);
  }

  boolean allow(WebhookUrl url) {
    return entries.contains(entry(url));
  }

  private static Entry entry(WebhookUrl url) {
    return new Entry(url.tls(), url.host(), url.port());
  }
}
