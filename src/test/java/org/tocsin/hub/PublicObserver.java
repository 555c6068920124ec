package org.tocsin.hub;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.tocsin.testing.PublicWeb;
import org.tocsin.testing.Receiver;

/**
 * Writes down all that an outsider can see of a hub, and when it was seen; without the time of day
 * and the random value of a visitor's own cookie.
 */
final class PublicObserver {
  private static final List<String> DOORS =
      List.of(
          "/",
          "/newsletters",
          "/newsletters/2026-05",
          "/newsletters/2026-06",
          "/newsletters/2026-07",
          "/feeds/newsletters.atom",
          "/feeds/newsletters.json",
          "/search?q=news",
          "/search?q=alert",
          "/search?q=Norvania",
          "/subscribe",
          "/verify",
          "/preferences",
          "/correspondents/apply",
          "/portal",
          "/portal/sign-in",
          "/portal/alerts/K7Q2-M9XD",
          "/desk",
          "/desk/sign-in",
          "/desk/cases",
          "/desk/nothing",
          "/api/v1/openapi.yaml",
          "/api/v1/cases",
          "/api/v1/events",
          "/robots.txt",
          "/nothing");

  final SequencedMap<String, String> seen = new LinkedHashMap<>();
  private final PublicWeb web;
  private final String consumer;

  /**
   * @param consumer a token that reads public events
   */
  PublicObserver(PublicWeb web, String consumer) {
    this.web = web;
    this.consumer = consumer;
  }

  void look(String when) {
    web.crawl(DOORS)
        .forEach(
            (path, page) -> {
              keep(when + ": " + path, page);
              if (!page.header("etag").isEmpty()) {
                keep(
                    when + ": " + path + " again",
                    web.send(web.request(path).header("If-None-Match", page.header("etag")).GET()));
              }
              keep(
                  when + ": " + path + " packed",
                  web.send(web.request(path).header("Accept-Encoding", "gzip").GET()));
            });
    for (String query : List.of("?limit=1", "?limit=100")) {
      keep(
          when + ": events" + query,
          web.send(
              web.request("/api/v1/events" + query)
                  .header("Authorization", "Bearer " + consumer)
                  .GET()));
    }
  }

  /** What somebody leaves here, and what is refused. */
  void ask() {
    form("/subscribe", "email=reader%40letters.example&topics=newsletter");
    form("/subscribe", "email=nobody");
    form("/verify", "code=ABCD-EFGH");
    form("/preferences", "email=reader%40letters.example");
    form("/portal/sign-in", "email=alma.ambrodahl%40nas-fellows.example");
    form("/correspondents/apply", "name=A");
    form("/desk/cases", "name=A");
  }

  private void form(String path, String fields) {
    keep(
        "POST " + path + " " + fields,
        web.send(
            web.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields))));
  }

  /** Without the signature, which is made with a secret of the endpoint's own. */
  void heard(Receiver.Heard told) {
    Map<String, String> headers = new TreeMap<>(told.headers());
    headers.replace("webhook-signature", "");
    seen.put("webhook " + seen.size(), told.method() + told.path() + headers + told.body());
  }

  private void keep(String what, PublicWeb.Seen page) {
    Map<String, List<String>> headers = new TreeMap<>(page.headers());
    headers.remove("date");
    headers.computeIfPresent(
        "set-cookie",
        (name, set) ->
            set.stream()
                .map(one -> one.replaceFirst("=[^;]+", "=").replaceFirst("Expires=[^;]+", ""))
                .toList());
    seen.put(what, page.status() + "\n" + headers + "\n" + page.body());
  }
}
